"""Takes from a process what a full disk, a medium that cannot be written to or missing rights take from it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")


def without_privilege() -> None:
    """Have the rights of files and folders count for the next program that this process runs, even as root."""
    if os.geteuid() == 0 and sys.platform == "linux":
        for right in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            # Linux, capabilities(7): a program that root runs gets what is in the bounding set.
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)


def mounted(folder: Path, option: str) -> list[str]:
    """Return the words that run what follows them where `folder` has been mounted so: "size=1m", "ro"."""
    if option == "ro":
        mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
    else:
        # Whatever is in the folder is put into the new one.
        mount = (
            f'aside=$(mktemp -d) && cp "$1"/* "$aside" && mount -t tmpfs -o {option} none "$1" && cp "$aside"/* "$1"'
        )
    return [*_NAMESPACE, "sh", "-c", f'{mount} && shift && exec "$@"', "sh", str(folder)]


@cache
def can_mount(folder: Path) -> bool:
    """Say whether this system lets us mount anything for a process of our own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*mounted(folder, "ro"), "true"], capture_output=True).returncode == 0

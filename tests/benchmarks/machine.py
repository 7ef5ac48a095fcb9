"""Says on what something was measured: the program with its versions, and the machine."""

from __future__ import annotations

import os
import platform
import sqlite3

import app


def measured_on(*beside: str, on: str = "") -> str:
    """Return one line: Verbatim and what it runs on, what was measured `beside` it, the machine and what is `on` it."""
    program = f"Verbatim {app.__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.release()}"
    return f"{', '.join([program, *filter(None, beside)])}; {', '.join(filter(None, [machine, on]))}"

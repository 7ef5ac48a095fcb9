"""A format whose reader does what hostile files make readers do; the child of isolation runs it."""

from __future__ import annotations

import ctypes
import os

from app.errors import SourceRefused
from app.records import Document


def read(data: bytes) -> Document:
    """Misbehave as `data` says."""
    match data:
        case b"loop":
            while True:
                pass
        case b"memory":
            return Document((), "x" * 2**40, "utf-8", False)
        case b"crash":
            ctypes.string_at(0)
        case b"recursion":
            return read(data)
        case b"refuse":
            raise SourceRefused("", 3, "made to be", "made")
        case b"fault":
            return Document((), str(1 // 0), "utf-8", False)
        case b"pid":
            return Document((), str(os.getpid()), "utf-8", False)
    return Document((), data.decode(), "utf-8", False)

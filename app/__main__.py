"""Lets `python -m app` stand for the command `verbatim`."""

from __future__ import annotations

from app.cli import main

if __name__ == "__main__":
    main()

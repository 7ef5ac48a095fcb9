"""How long an address may be; who is refused for it is decided in serving and gate."""

from __future__ import annotations

LONGEST_ADDRESS = 16 * 1024
"""Bytes of path and query together."""

"""Verbatim, a read-only web archive of official interview transcripts; only the version is stated here."""

__version__ = "0.1.0"

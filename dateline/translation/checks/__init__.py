"""Checks of a translation against its source: pure, one file each, all of one shape (README.md)."""

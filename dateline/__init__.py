"""Dateline publishes a press digest: exclusives, translations and reprints about one subject."""

__version__ = "0.1.0"

"""The same files given out by another server: what it has to be told, written in its own words. Pure."""

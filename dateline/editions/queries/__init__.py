"""Reading across tables for editions."""

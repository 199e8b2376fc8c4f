"""Reading across tables for pages: rows in, the plain data of `publishing.pages` out."""

"""What the house calls things, and how its terms are found in inflected text. Pure."""

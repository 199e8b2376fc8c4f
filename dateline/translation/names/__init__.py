"""Names of people and places across languages: whether two spellings are of one name, how one is transliterated."""

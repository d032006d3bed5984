"""The page of one takedown, and everything that can be done on it."""

"""Transparency reports of platforms: a file's notices, read strictly, kept as a series."""

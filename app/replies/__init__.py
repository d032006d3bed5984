"""Replies of platforms: a pasted text becomes a proposal that a person confirms."""

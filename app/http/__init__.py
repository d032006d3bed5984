"""The front of both faces: middleware that validates, bounds, authenticates and counts."""

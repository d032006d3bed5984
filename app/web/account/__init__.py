"""Signing in, invitations, the second factor, and one's own page."""

"""What only the demo shows: forms of its own, signing in by a button, the style guide."""

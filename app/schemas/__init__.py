"""The shapes of what comes in: strict, bounded, nothing converted loosely."""

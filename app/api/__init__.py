"""The REST face: one module for each resource translates, calls, and translates back."""

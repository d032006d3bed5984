"""Takedowns: their facts, timeline, derived state, clocks, and the proof of the record."""

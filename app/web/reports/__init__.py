"""Reports for a period: begun, led through step by step, frozen, and what was frozen."""

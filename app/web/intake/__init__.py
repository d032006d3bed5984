"""A pasted message on its way to takedowns: entry, preview, drafts, outcome."""

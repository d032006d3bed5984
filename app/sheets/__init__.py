"""Spreadsheets out: everything there is, as a table or with its timelines."""

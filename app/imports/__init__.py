"""Spreadsheets brought in: a takedown for each row, by one importer with two faces."""

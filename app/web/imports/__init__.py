"""A spreadsheet brought in by a person: file, sheet, columns, words, check, import, outcome."""

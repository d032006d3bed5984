"""Backups of a whole database in two sealed files, and their way back."""

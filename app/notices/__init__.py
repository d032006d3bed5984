"""Notices: composed from template, facts and law, edited, frozen, followed up."""

"""Figures and charts, their filters, and the rows behind each number."""

"""Use cases that both faces, the command line and imports share."""

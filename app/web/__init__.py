"""The admin face: one folder for each menu entry, with its pages, templates and words."""

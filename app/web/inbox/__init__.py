"""The worklist: what needs somebody now, reminders, actions on many rows, undo."""

"""The template files looked at: channels, texts, faults, a preview."""

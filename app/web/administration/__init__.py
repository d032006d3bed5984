"""Organisation, status, platforms, people, tokens, the audit log."""

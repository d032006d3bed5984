"""Who may do what: people, sessions, second factors, tokens, and the audit log."""

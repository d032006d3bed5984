"""What knows nothing of takedowns: settings, database, vault, clock, errors, paging."""

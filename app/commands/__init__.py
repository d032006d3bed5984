"""What the command line offers, group by group."""

"""One platform on a page: what it takes, how it does, what is open."""

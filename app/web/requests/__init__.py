"""Lists of requests, search, and the page of a case."""

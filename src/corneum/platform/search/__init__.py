"""Search across the public pages: the words of each, indexed by the database itself."""

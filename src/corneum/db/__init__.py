"""The facts that the database itself refuses to break, on SQLite and on PostgreSQL."""

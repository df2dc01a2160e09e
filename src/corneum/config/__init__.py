"""Settings, root addresses and the `corneum` command: knows everything; nothing knows it."""

"""The commands: `corneum <name>`, one file each."""

"""What the sign-in pages' templates ask of Python."""

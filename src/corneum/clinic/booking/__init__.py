"""The journey from a wish to a confirmed appointment, and back out of it."""

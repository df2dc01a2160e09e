"""Pages: the quick check, the private form, and what waits for a practitioner."""

"""Enquire Now, and the inbox that answers it."""

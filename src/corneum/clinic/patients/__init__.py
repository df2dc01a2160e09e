"""The people in our care, and how to reach them."""

"""Where each clinic is, when it is open, and its rooms and devices."""

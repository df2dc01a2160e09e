"""Corneum: the platform on which a medical skin clinic runs the whole patient journey."""

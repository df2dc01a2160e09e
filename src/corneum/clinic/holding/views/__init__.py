"""Pages: the desk offers times in a reply, and a patient chooses one of them."""

"""What consent to a treatment is made of: the text, the drawing of a name, and whether it stands."""

"""The areas of a clinic's work, in the one order in which they may use each other."""

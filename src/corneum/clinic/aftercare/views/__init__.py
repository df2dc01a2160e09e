"""Pages around a visit: what the patient opens by link, and what the desk and the practitioners work with."""

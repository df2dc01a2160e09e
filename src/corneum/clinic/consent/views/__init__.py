"""Pages of consent: the patient's own, the desk's, and those on which the texts are written."""

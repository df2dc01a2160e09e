"""The name of the work that looks at everybody's answers again, for whoever asks for it and whoever does it."""

REOPENING = "suitability.reopen"

"""How Hypothesis draws: without a stop-watch, because two test runs may share a machine."""

from hypothesis import settings

settings.register_profile("corneum", deadline=None, max_examples=50)
settings.load_profile("corneum")

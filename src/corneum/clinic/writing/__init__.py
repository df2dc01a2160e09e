"""
Writing guides and articles at the desk, and approving what is published.

Words: a *page* is a guide or an article as its writers see it; every save is a *version*, and none is ever
changed or lost; an *answer* is a reason why a word that the copy check marks may stand. Promises: nobody
overwrites anybody silently; no guide is published without a named practitioner with a live registration who
approved that very version. Neighbours: stands on guides, which keeps what readers see; nothing stands on it.
"""

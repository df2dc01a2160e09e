"""
Patients' records: what was done and found at each visit, signed by name, and never changed afterwards.

Words: a *draft* is a write-up that is still being typed; a *visit record* is one that was signed; an *amendment* stands
beside it with its reason; a *lot* is what was used of one batch; an *alert* is what nobody who treats may miss.
Promises: a draft loses nothing and nobody writes over somebody else's words unseen; what was signed is locked in the
database and linked to what was signed before it; whoever is outside of a patient's team opens the record with a reason,
and every look is noted. Neighbours: stands on the diary; aftercare and courses stand above, and follow a signature
by `following.py`.
"""

"""
May this person have it? The quick check beside a guide, all the questions, a practitioner's decision, and the gate.

Words: a *step* is one question on one page; a *screening* is one form of one patient, sent or not; a
*verdict* is what the rules say; a *clearance* is where somebody stands by rules and decision, and on
which days (domain/suitability). Promises: the quick check writes nothing anywhere; no answer stands
in an address, an e-mail or the trail, and the desk reads none; nobody reads that they are not
suitable; every result has a reason and a way on; a person decides. Neighbours: stands on patients,
practitioners and treatments; the diary asks `clearance_of` before a session is booked.
"""

"""
May this person have it? So far the quick check beside a guide: five questions, none of which is kept.

Words: a *step* is one question on one page; a *verdict* is what the rules say (domain/suitability).
Promises: no answer is written anywhere or stands in an address; nobody reads that they are not
suitable; every result has a reason and a way on. Neighbours: stands on treatments; booking shows
the way in, on the guide.
"""

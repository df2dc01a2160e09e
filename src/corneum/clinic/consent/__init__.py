"""
Consent to a treatment: what a patient was told and when, the talk with whoever treats, the signature, and its end.

Words: a *document* is of one treatment, and each save of it a *version*, given to patients only once a practitioner
has approved it by name; *information* is one version as one patient got it, word for word; a *talk* is had and written
down by the practitioner who treats or supervises; a *signature* freezes all of it. Promises: nothing that was said,
signed or withdrawn is ever changed or removed, by whoever; the desk can give information and take down a withdrawal,
and can never talk or sign for anybody; looking at a link writes nothing; no letter says what for. Neighbours: stands
on treatments for their facts, on practitioners, patients and writing; the diary, booking and records ask `is_valid_for`
and `reflects_until`, and pass in the visit's start.
"""

"""
Who did what to which record, and when; who read which patient's record.

Words: an *event* is one action; a *change* is one row that a trigger saw changing; a *read* is a
look at a patient's record. Promises: nothing here is ever altered; no action without its actor;
the same press twice is done once. Neighbours: stands on accounts; jobs, messages and every area
stand on it.
"""

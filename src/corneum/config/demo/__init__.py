"""
The demonstration: Alder Skin Clinic, which does not exist, with eight weeks of a believable diary.

Everything is made through the actions that a real clinic's work goes through, from one seed and
relative to today. All people are invented; telephone numbers are of the ranges kept for drama, and
register numbers are marked as samples.
"""

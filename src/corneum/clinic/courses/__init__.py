"""
Courses: several visits for one treatment, planned together and kept at their spacing.

Words: a *wish* is what is asked for (how many visits, how far apart, when rather, with whom); a
*plan* is a time for each; *the rest* is what of a course is still to be planned or may be planned
anew. Promises: all visits are booked or none is; a plan is found whenever there is one; when there
is none, it is said which visit nothing fits. Neighbours: stands on booking and on the diary, which
alone decides what can be booked; nothing stands on it.
"""

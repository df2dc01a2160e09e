"""
Whose registration or training ends, and which visits are booked for later than that.

Words: an *ending* is how near an end is: sixty, thirty or seven days, or over. Promises: no time is
offered after an end (the diary asks for the day of the visit); what was booked before the end was
known, or in spite of it, is listed here. Neighbours: reads practitioners and the diary.
"""

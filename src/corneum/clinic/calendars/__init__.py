"""
Calendars out and in: the diary as a feed by secret link, and other calendars as time that is not free.

Words: a *feed* is what a calendar program subscribes to; a *foreign calendar* is one kept elsewhere by a
practitioner; a *fetch* is how getting it stands; a *reading* is the busy time in it.
Promises: a feed says Busy and no more unless somebody with the right chose more, and ends with the rights of
whoever made it; nothing is ever written into a foreign calendar, and of what stands in it only the busy minutes
are kept; one that does not answer keeps what was last known. Neighbours: stands on diary, whose blocks hold the
busy time; booking writes its calendar files with the zones described here.
"""

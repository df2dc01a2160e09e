"""
Work for later: the outbox, the worker and the timetable.

Words: a *job* is one piece of work, queued in the transaction that wants it; a *lease* is a worker's
claim to it for a while. Promises: a job is never lost, and a finished one never runs again, whoever
is killed when. Neighbours: areas put their work into `jobs.py`, found by name.
"""

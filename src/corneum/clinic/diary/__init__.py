"""
Schedules, slots, holds and appointments: never double-booked.

Words: a *schedule* is the diary of one practitioner, room, device or patient; a *slot* is the time
that a schedule gives to an appointment or a hold; an *opening* is a time that is free for
everything a treatment needs; a *hold* keeps a time for some minutes. Promises: what is offered can
be booked, and what is not offered cannot; the database itself refuses two visits of one schedule at
one time, or closer than the larger of their buffers. Neighbours: stands on patients, practitioners,
treatments and premises; booking and enquiries stand on it.
"""

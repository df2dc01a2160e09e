"""
The journey from a wish to a confirmed appointment, and back out of it.

Words: a *board* shows times, five days side by side; a *draft* is what somebody has typed on the
way, with the time that is kept for them; *mine* is an appointment behind its patient's secret
link; a *letter* is what the patient is sent. Promises: nothing typed is lost; every press may be
repeated; a time that has gone costs a choice and never an appointment; no page without script, no
account, nothing of health in a link, a text or a calendar. Neighbours: stands on the diary, which
alone decides what can be booked; nothing stands on it.
"""

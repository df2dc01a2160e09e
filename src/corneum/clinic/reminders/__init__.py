"""
Reminders of visits, and the answers to them.

Words: a *step* is one reminder before a visit, by e-mail or by text; *quiet* is when nobody is written to; an
*answer* is a text that came in. Promises: each step at most once for each time that a visit has; what is to be sent
is decided when it is sent, so a move, a cancellation or an undo needs nobody to tell us; nothing in the night,
nothing about what is past; no treatment in any of it; a text confirms nobody's visit but its own sender's, and asks
where a number has several. Neighbours: stands on booking, enquiries, the diary and messages; nothing stands on it.
"""

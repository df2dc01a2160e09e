"""
Logins, roles, and who may do what.

Words: a *clinic* is the unit of access; a *membership* gives a user one role at one clinic;
a *right* is what a role allows; an *actor* is whoever does something.
Promises: missing and forbidden look the same (404); every address says who may open it.
Neighbours: stands on nothing but `db` and `domain`; everything stands on it.
"""

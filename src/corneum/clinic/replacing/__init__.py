"""
Taking somebody or something out: a practitioner ill, a room flooded, a device down for three days.

Words: an *outage* is the time for which one practitioner, room or device is not there; a *replacement*
is what becomes of one visit that it takes the ground from: a new place is proposed, and a person at the
desk accepts it, chooses another, rings the patient or cancels. Promises: every visit that the outage
touches is listed; nothing moves before a person says so; each proposal can be accepted by itself and in
any order; a patient hears of all their changes in one message, never of a room that only they did not
see change, and never why. Neighbours: stands on the diary, which alone moves visits, and on booking for
its words and files; nothing stands on it.
"""

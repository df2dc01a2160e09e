"""
Held times in a reply: whoever asked chooses one of up to three with one press.

Words: *held times* are the times that one reply offers, kept for one person until a moment; a *held time* is
one of them. Promises: looking at the page books nothing; one of them is booked, once, and the others go back
to everybody in the same moment; what nobody chose goes back by itself. Neighbours: stands on enquiries for
the reply, on booking for its letters and on the diary, which alone keeps times; nothing stands on it.
"""

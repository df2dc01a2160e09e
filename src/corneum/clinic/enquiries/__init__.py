"""
Enquire Now, and the inbox that answers it.

Words: an *enquiry* is a conversation with somebody who asked; an *entry* is one thing said in it;
a *verdict* is why it was kept apart as spam, or what was noticed and let through.
Promises: nothing is ever discarded; the sender sees the same page whatever the verdict; every
verdict says why. Neighbours: stands on patients and messages; `booking` may hand it people who
would rather be rung.
"""

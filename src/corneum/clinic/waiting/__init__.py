"""
The waiting list: a time that comes free is offered to one person after the other, in fair order.

Words: a *wait* is one person's place on the list, with the *windows* in which they could come; a
*freed offer* is a free time that is kept for one of them for a while; those *passed over* stand
before whoever was offered it, each with the reason. Promises: one offer a person at a time, one
person a time; nobody is offered the same twice, or woken at night; the order is never turned round
without a named cause. Neighbours: stands on booking for its letters and on the diary, which alone
keeps times; nothing stands on it.
"""

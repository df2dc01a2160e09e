"""
Complaints, and what people ask about their own data: each with its clock, until it is answered.

Words: a *complaint* is of one kind (about care, about how data was handled, a request about one's data); an *entry* is
one thing that was done about it. Promises: nothing typed is lost; none is ever deleted or kept apart as spam; an
e-mail says that it came in and by when it is answered, and nothing of what it is about; only those with the right to
deal with complaints read them, apart from patients' records. Neighbours: stands on premises for the days on
which nobody works; the diary shows how many are due.
"""

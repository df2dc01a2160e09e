"""
E-mail and text messages: what is to be sent, and what became of it.

Words: a *message* is one e-mail or text to one person; *uncertain* is one that may or may not have
left. Promises: actions never send, they queue; the same Message-ID each time; no health data in a
subject or a text. Neighbours: stands on jobs; areas queue messages from their actions.
"""

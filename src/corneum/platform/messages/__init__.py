"""
E-mail and text messages: what is to be sent, and what became of it; and the letters that come in.

Words: a *message* is one e-mail or text to one person; *uncertain* is one that may or may not have
left; a *letter* is one e-mail that came into the clinic's mailbox. Promises: actions never send, they
queue; the same Message-ID each time; no health data in a subject or a text; each letter is handed over
once, and the mailbox is only read. Neighbours: stands on jobs; areas queue messages from their actions.
"""

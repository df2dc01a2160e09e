"""Pages: the question form, the inbox, what is done to a conversation, and what is kept for the next one."""

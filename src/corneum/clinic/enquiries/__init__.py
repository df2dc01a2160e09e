"""
Enquire Now, and the inbox that answers it.

Words: an *enquiry* is a conversation with somebody who asked, by the website, by e-mail or by telephone; an
*entry* is one thing said in it; a *verdict* is why it was kept apart as spam, or what was noticed and let
through; the *promise* is by when the clinic's pages said that it answers. Promises: nothing is ever
discarded; the sender sees the same page whatever the verdict; every verdict says why; nobody answers what
they have not read; an answer by e-mail finds its conversation by what only we could write, never by its
sender. Neighbours: stands on patients, diary and messages; `booking` may hand it people who would rather be
rung, and `holding` answers with times.
"""

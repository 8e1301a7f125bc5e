"""What people touch: an instrument as a form that saves each answer as it is given.

`questionnaire.questionnaire` shows one; `pages` turns an instrument into what a page shows,
`session` is the conversation with the open pages and owns the truth, and `widget` carries its
messages; `offline` writes the same page as one file for people without a network.  Besides
`hrkit.answers` this is the only wing that sees answers: the open session's own.
"""

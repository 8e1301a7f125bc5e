"""The front page (``0_start.ipynb``): an engagement from client to archive, without a terminal.

`desk` is the page's engine: it takes what somebody did as a message and gives back what is to be seen,
in plain values and in the page's language.  Each module in `pages` is one page of it: what it shows, and
what its buttons do, which is to call a job of `hrkit.commands` and say so in Python's words.  Nothing
else reads an answer here: who has answered is what a preview releases, comments are the review list.

`jobs` runs what takes long in a process of its own (`work`), so that the page stays alive; `widget` carries
messages between engine and browser, and `front.js` draws whatever parts (`parts`) it is sent.
"""

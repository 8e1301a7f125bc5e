"""The room: a questionnaire on thirty phones, a screen on the wall, one person who leads, and the meeting after it.

One small process of the kit's own on one port, and behind that port no kernel, no file browser and
no token of anybody's::

    phones ──▶ server ──▶ hub ──▶ hearing ──▶ Desk (the form's own) ──▶ store
    wall   ◀──   │         │
    host   ◀─▶   │         └──▶ commands ──▶ release.issue ──▶ Released ──▶ wall
                 guard

What flows in are messages, each of one kind, bounded, and checked as if from a stranger (`guard`,
`messages`); what the room has in its hands is `inside`; what flows out is made in one place
(`outgoing`), who may see it by the key with which a connection came: a phone gets its own answers
and totals of the whole room, the wall and the host totals, and what a release holds once one was
made.  Showing is not releasing: only the host's *reveal* makes a release, and nothing of a value
leaves the process before. `sitting` is the state of the questionnaire as a frozen value with its
rules; `book` keeps it and a journal without persons in the engagement's folder, so that a process
that was killed goes on where it stood.

`keying` and `keyport` are a page of its own, on a port of its own and for this machine alone: forms
from paper are typed in there, and nothing of an answer ever comes back to it.

After the result comes the meeting::

    phones ──▶ hub ──▶ meeting ──▶ voting ──▶ ballots ──▶ disclosure.chosen.votes ──▶ figure ──▶ wall, records
    host   ──▶ hub ──▶ meeting ──▶ agenda, placing ──▶ talk (the state)
                          └──────▶ writing ──▶ records: what is agreed, actions

A vote goes into the ballots and comes out only as a figure of all, when the host shows it; then the
ballots are erased.  What is said openly goes into the records as the host writes it.  `seen`, `lead` and
`told` say what each kind of page gets of it, and change nothing.
"""

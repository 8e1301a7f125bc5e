"""What a group said aloud and agreed on: open records, kept apart from every answer.

Three kinds of words never mix.  *Measured* is what many answered unseen and a release holds;
*voted* is what many placed unseen in the room, of which only the released form is ever here;
*agreed* is what a room, a table or a party said openly, under its own name::

    host's page ─┐                               ┌─▶ report: agreed beside surveyed, roadmap,
    workbook    ─┼─▶ store (versions, reasons) ──┤   agreements, what became of each action
    typed cards ─┘    records.sqlite             └─▶ workbook

What flows in is open text by the facilitator's hand (`values`); nothing here knows an answer, a
vote or a person, and nothing here is ever counted among survey results.  Every change is a new
version with its reason; the one before stays.  `store` is the one door, and compares whose records
they are as the store of answers does.

Actions have one truth: the store.  What stands under ``followed:`` in ``engagement.yml`` is read as
long as the store has no line of its own for the same action of the same wave (`overlay`), and moves
into the store with the first workbook that is taken.
"""

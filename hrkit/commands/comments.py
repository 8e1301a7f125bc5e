"""The open answers, for the person who passes them for print: as a list, or as a sheet to tick."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked
from hrkit.records.naming import known_words, may_name

if TYPE_CHECKING:
    from hrkit.blocks.fillable import Fillable
    from hrkit.disclosure.comments import Remark
    from hrkit.model.language import Words

__all__ = ["Listed", "Passed", "comments"]

#: Columns of the sheet that are given.
_GIVEN = ("id", "question", "comment", "note")


@dataclass(frozen=True, slots=True)
class Listed:
    """An open answer for review: by its id a person passes it for print.

    ``warning`` says why it would not be printed, if it would not: the side it comes from is too
    small, its writer's answers wait, or there are none beside the comment.  ``reason`` is the same
    in a word, ``side`` how many stand in that side.  ``may_name`` says what in it looks like a
    person: ``name``, ``contact``, ``number``.
    """

    id: str
    question: str
    text: str
    passed: bool
    warning: str = ""
    reason: str = ""
    side: int = 0
    may_name: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = " ".join(self.text.split())
        warned = f"[{self.warning}] " if self.warning else ""
        warned += "[may name somebody: write another wording] " if self.may_name else ""
        return f"{'passed' if self.passed else '':<7}{self.id}  {self.question}  {warned}{words}"


@dataclass(frozen=True, slots=True)
class Passed:
    """What a filled-in sheet changed in ``engagement.yml``: comments passed, and passed no more.

    ``waiting`` of those passed would not be printed as things are.
    """

    path: Path
    passed: int
    added: int
    taken: int
    waiting: int = 0

    def __str__(self) -> str:
        said = (
            f"{self.path}: {self.passed} passed for print ({self.added} new), {self.taken} no more"
        )
        wait = f"; {self.waiting} of them are not printed as things are" if self.waiting else ""
        return said + wait


@overload
def comments(folder: str | Path, *, wave: str = "") -> tuple[Listed, ...]: ...


@overload
def comments(
    folder: str | Path,
    *,
    wave: str = "",
    language: str = "",
    output: str | Path,
    overwrite: bool = False,
) -> Path: ...


@overload
def comments(folder: str | Path, *, take: str | Path) -> Passed: ...


def comments(
    folder: str | Path,
    *,
    wave: str = "",
    take: str | Path | None = None,
    language: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> tuple[Listed, ...] | Path | Passed:
    """The open answers with their ids, for the person who passes them for print.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of a wave; all if empty.
    take
        A filled-in sheet: what is ticked there stands under ``comments:`` of ``engagement.yml``
        from then on, with its theme and its wording; what is not ticked there does not.
    language
        Of the sheet that is written; the engagement's own if empty.  One that is read may be in any.
    output
        Write the sheet: a file that ends in ``.xlsx``, or a folder that is there.
    overwrite
        Replace a sheet that somebody has worked in.

    Returns
    -------
    tuple of Listed, Path or Passed
        The comments; the sheet that was written; or what was taken.

    Raises
    ------
    HrkitError
        If the engagement or its store cannot be used; or with every wrong cell of the sheet.
    """
    engagement = engagements.load(folder)
    if take is not None:
        if wave or language or output or overwrite:
            raise HrkitError("A sheet is taken as it is: leave the other options out.")
        from hrkit.commands.comments_read import take_sheet

        there = _listed(engagement, "")
        words = {one.id: one.text for one in there}
        path, passed, added, taken, ids = take_sheet(engagement, Path(take), words)
        waiting = sum(bool(one.warning) and one.id in ids for one in there)
        return Passed(path, passed, added, taken, waiting)
    found = _listed(engagement, wave)
    if output is None:
        return found
    return _written(engagement, found, wave, language, output, overwrite)


def _listed(engagement: Engagement, wave: str) -> tuple[Listed, ...]:
    from hrkit.answers.fit import fitted
    from hrkit.answers.store import open_store
    from hrkit.disclosure.comments import for_review

    if wave:
        engagement.wave(wave)
    cleared = {comment.id for comment in engagement.comments}
    names = [one.id for one in engagement.waves] if not wave else [wave]
    found: list[Listed] = []
    no_names = known_words(engagement)
    with open_store(engagement, create=False, write=False) as store:
        for name in names:
            with store.looking(name) as round:
                texts = round.comments()
                if texts.empty:
                    continue
                known = as_asked(engagement, round.begun)
                answers = fitted(round.responses(), known, name)
                kept = [one.audit for one in round.kept()]
            found += [
                Listed(
                    one.id,
                    one.item,
                    one.text,
                    one.id in cleared,
                    *_warning(one),
                    side=one.side,
                    may_name=may_name(one.text, no_names),
                )
                for one in for_review(answers, known, name, texts, kept)
            ]
    return tuple(found)


def _warning(remark: Remark) -> tuple[str, str]:
    """Why a comment would not be printed, if it would not: a sentence, and a word."""
    if remark.printed:
        return "", ""
    if not remark.stands:
        return "waits with its writer's answers: not printed yet", "waits"
    if not remark.rated:
        return "its writer rated nothing and stands in no mean: will not be printed", "unrated"
    return f"from a side of {remark.side}: will not be printed", "small"


def _written(
    engagement: Engagement,
    found: tuple[Listed, ...],
    wave: str,
    language: str,
    output: str | Path,
    overwrite: bool,
) -> Path:
    import datetime as dt

    from hrkit.commands.filled import workbook_place
    from hrkit.commands.outputs import Outputs, report_name
    from hrkit.publish.fillable import render_fillable
    from hrkit.report.running import paper_info

    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        has = ", ".join(engagement.instrument.languages)
        raise HrkitError(f"{engagement.instrument.id} has no language {spoken}; it has {has}.")
    if not found:
        raise HrkitError("There are no open answers yet.")
    words = engagement.words(spoken)
    name = report_name(engagement, wave or engagement.wave(None).id, spoken, "comments")
    place = workbook_place(output, engagement.folder, name)
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check([place])
    day = engagement.report.date or dt.date.today()
    info = paper_info(engagement, words, words("passing.sheet"), day)
    outputs.write({place: render_fillable(_form(engagement, found, words), info)}, final=False)
    return place


def _form(engagement: Engagement, found: tuple[Listed, ...], w: Words) -> Fillable:
    """A line for each comment, in the order of their ids: that of nothing."""
    from hrkit.answers.files.excel import PROPERTY
    from hrkit.blocks.fillable import Fillable, FormColumn
    from hrkit.commands.comments_read import COLUMNS

    instrument, known = engagement.instrument, {one.id: one for one in engagement.comments}
    asked = {
        id: instrument.label(item, w.language)
        for id, item in instrument.items.items()
        if w.language in instrument.languages
    }
    yes = w("passing.print")
    rows = []
    for one in sorted(found, key=lambda one: one.id):
        before = known.get(one.id)
        notes = [w(f"passing.note.{one.reason}", n=one.side)] if one.reason else []
        notes += [w("passing.note.name")] if one.may_name else []
        rows.append(
            (
                one.id,
                asked.get(one.question, one.question),
                one.text,
                yes if before else "",
                before.theme if before else "",
                (before.text or "") if before else "",
                " ".join(notes),
            )
        )
    columns = tuple(
        FormColumn(
            w(f"passing.column.{name}"),
            width,
            "fixed" if name in _GIVEN else "list" if name == "print" else "text",
            (yes,) if name == "print" else (),
        )
        for name, width in COLUMNS.items()
    )
    helps = ("choose", "edit", "theme", "door", "keep", "back")
    return Fillable(
        w("passing.sheet"),
        w("plan_of_action.guide"),
        w("plan_of_action.lists"),
        w("passing.title"),
        columns,
        tuple(rows),
        tuple(w(f"passing.help.{name}") for name in helps),
        empty=0,
        whose=(PROPERTY, engagement.id),
    )

"""List the open answers, for the person who passes them for print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements
from hrkit.model.settings import as_asked

if TYPE_CHECKING:
    from hrkit.disclosure.comments import Remark

__all__ = ["Listed", "comments"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An open answer for review: by its id a person passes it for print.

    ``warning`` says why it would not be printed, if it would not: the side it comes from is too
    small, its writer's answers wait, or there are none beside the comment.
    """

    id: str
    question: str
    text: str
    passed: bool
    warning: str = ""

    def __str__(self) -> str:
        words = " ".join(self.text.split())
        warned = f"[{self.warning}] " if self.warning else ""
        return f"{'passed' if self.passed else '':<7}{self.id}  {self.question}  {warned}{words}"


def comments(folder: str | Path, *, wave: str = "") -> tuple[Listed, ...]:
    """The open answers with their ids, for the person who passes them for print.

    Parameters
    ----------
    folder
        The engagement's folder.
    wave
        Id of a wave; all if empty.

    Raises
    ------
    HrkitError
        If the engagement or its store cannot be used.
    """
    from hrkit.answers.fit import fitted
    from hrkit.answers.store import open_store
    from hrkit.disclosure.comments import for_review

    engagement = engagements.load(folder)
    if wave:
        engagement.wave(wave)
    cleared = {comment.id for comment in engagement.comments}
    names = [one.id for one in engagement.waves] if not wave else [wave]
    found: list[Listed] = []
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
                Listed(one.id, one.item, one.text, one.id in cleared, _warning(one))
                for one in for_review(answers, known, name, texts, kept)
            ]
    return tuple(found)


def _warning(remark: Remark) -> str:
    """Why a comment would not be printed, if it would not."""
    if remark.printed:
        return ""
    if not remark.stands:
        return "waits with its writer's answers: not printed yet"
    if not remark.rated:
        return "its writer rated nothing and stands in no mean: will not be printed"
    return f"from a side of {remark.side}: will not be printed"

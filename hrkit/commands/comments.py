"""List the open answers, for the person who passes them for print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.disclosure.comments import Remark

__all__ = ["list_comments"]


def list_comments(folder: Path, wave: str | None = None) -> Iterator[str]:
    """The open answers with their ids, for the person who passes them for print.

    Beside those that would not be printed stands why: the side they come from is too small, or
    their writer's answers wait.
    """
    from hrkit.answers.fit import fitted
    from hrkit.answers.store import open_store
    from hrkit.disclosure.comments import for_review

    engagement = engagements.load(folder)
    if wave is not None:
        engagement.wave(wave)
    cleared = {comment.id for comment in engagement.comments}
    names = [one.id for one in engagement.waves] if wave is None else [wave]
    nothing = True
    with open_store(engagement, create=False, write=False) as store:
        for name in names:
            with store.looking(name) as round:
                texts = round.comments()
                if texts.empty:
                    continue
                answers = fitted(round.responses(), engagement, name)
                kept = [one.audit for one in round.kept()]
            nothing = False
            for one in for_review(answers, engagement, name, texts, kept):
                mark = "passed " if one.id in cleared else "       "
                words = " ".join(one.text.split())
                yield f"{mark}{one.id}  {one.item}  {_warning(one)}{words}"
    if nothing:
        yield "There are no open answers yet."


def _warning(remark: Remark) -> str:
    """Why a comment would not be printed, if it would not."""
    if remark.printed:
        return ""
    if not remark.stands:
        return "[waits with its writer's answers: not printed yet] "
    return f"[from a side of {remark.side}: will not be printed] "

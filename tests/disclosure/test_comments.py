"""Comments go through the same door as numbers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hrkit.disclosure.comments import for_review
from hrkit.model.engagement import ClearedComment, Engagement

from .offices import Somebody, issue, office, people, responses


def said(*rows: tuple[str, Somebody, str]) -> pd.DataFrame:
    """As the store gives comments for review."""
    return pd.DataFrame(
        [(id, "open.01", who.perspective, text, who.key) for id, who, text in rows],
        columns=["id", "item", "perspective", "text", "respondent"],
    )


def passing(*ids: str) -> Engagement:
    return replace(office(), comments=tuple(ClearedComment(id) for id in ids))


def test_a_comment_of_a_small_side_is_not_printed() -> None:
    leaders, hr = people(11), people(2, "hr")
    texts = said(("a", leaders[0], "More time"), ("b", hr[0], "We are never asked"))
    found = issue(passing("a", "b"), leaders + hr, texts=texts).released
    assert [comment.text for comment in found.comments] == ["More time"]


def test_a_pooled_side_counts_as_one() -> None:
    leaders, side = people(11), people(7, "hr") + people(4, "pay")
    texts = said(("b", side[0], "We are never asked"))
    assert issue(passing("b"), leaders + side, texts=texts).released.comments


def test_a_late_persons_comment_waits_with_their_answers() -> None:
    leaders, late = people(14), people(1, name="late")
    first = issue(passing(), leaders, texts=said())
    texts = said(("a", leaders[0], "Ordinary"), ("b", late[0], "My manager shouts"))
    second = issue(passing("a", "b"), leaders + late, first, texts=texts)
    assert [comment.text for comment in second.released.comments] == ["Ordinary"]
    more = people(4, name="more")
    third = issue(passing("a", "b"), leaders + late + more, first, second, texts=texts)
    assert len(third.released.comments) == 2


def test_the_list_for_review_says_how_small_a_side_is() -> None:
    leaders, hr, late = people(14), people(2, "hr"), people(1, name="late")
    first = issue(passing(), leaders + hr, texts=said())
    texts = said(("a", leaders[0], "x"), ("b", hr[0], "y"), ("c", late[0], "z"))
    everybody = responses(leaders + hr + late)
    found = for_review(everybody, passing(), "w1", texts, [first.record])
    assert [(one.side, one.stands, one.printed) for one in found] == [
        (14, True, True), (2, True, False), (14, False, False),
    ]  # fmt: skip

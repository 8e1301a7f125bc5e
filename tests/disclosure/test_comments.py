"""Comments go through the same door as numbers."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from hrkit.disclosure.comments import for_review
from hrkit.model.engagement import ClearedComment, Engagement
from hrkit.model.instrument import DONT_KNOW

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


def test_whoever_rated_nothing_stands_in_no_mean_and_the_list_says_so() -> None:
    leaders = people(12)
    leaders[3] = replace(leaders[3], answers=dict.fromkeys(leaders[3].answers, DONT_KNOW))
    texts = said(("a", leaders[3], "Nobody asks me"), ("b", leaders[4], "More time"))
    (mute, other) = for_review(responses(leaders), passing(), "w1", texts)
    assert (mute.stands, mute.rated, mute.printed) == (True, False, False)
    assert other.printed
    found = issue(passing("a", "b"), leaders, texts=texts).released
    assert [comment.text for comment in found.comments] == ["More time"]


def test_a_side_none_of_whose_means_is_shown_has_no_comment_printed() -> None:
    """All of one mind on everything: every mean of that side is withheld, and so is what they write."""
    leaders = people(14)
    hr = [replace(one, answers=dict.fromkeys(one.answers, "5")) for one in people(12, "hr")]
    texts = said(("a", leaders[0], "More time"), ("b", hr[0], "All is well"))
    found = issue(passing("a", "b"), leaders + hr, texts=texts).released
    shown = {s.group for s in found.scores if s.shown}
    assert "leader" in shown and "hr" not in shown
    assert [comment.text for comment in found.comments] == ["More time"]

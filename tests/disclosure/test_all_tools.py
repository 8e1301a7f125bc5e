"""All tools of one organisation are read together: every figure of every version of every one of them.

Two tools share no question, no code and no number but how many took part.  Here that is not argued but
tried: one reader puts all of it into one programme (`tests.disclosure.all_tools`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import yaml

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.parts import issue_all, parts_of
from hrkit.disclosure import release
from hrkit.disclosure.released import Released
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.ballot import ballot
from hrkit.model.engagement import Engagement
from hrkit.model.tool import available
from tests.tools.played import engaged

from .all_tools import Class, Fact, Number, facts, numbers, recovered, sizes_told

ASKING = tuple(one.id for one in available() if one.asks)
UNITS = ("skoler", "dagtilbud", "pleje", "teknik", "kultur")
#: Who answers: leaders in five units, one of them small; HR, pay partners and top management in the staff.
FIRST: dict[tuple[str, str], int] = {
    **{(unit, "leader"): n for unit, n in zip(UNITS, (9, 8, 8, 7, 4), strict=True)},
    ("stab", "hr"): 9, ("stab", "pay"): 3, ("stab", "top"): 6, ("teknik", "network"): 6,
}  # fmt: skip
#: Who comes between the two versions, and who is erased.
CAME = {("kultur", "leader"): 2, ("skoler", "leader"): 1, ("stab", "hr"): 1, ("stab", "pay"): 1}
WENT = {("pleje", "leader"): 1, ("stab", "hr"): 1}


def every_person() -> Iterator[tuple[str, Class]]:
    """Everybody with a name of their own, as they stand in either version."""
    for (unit, face), n in FIRST.items():
        gone = WENT.get((unit, face), 0)
        for i in range(n):
            yield f"{unit}-{face}-{i}", (unit, face, frozenset({0} if i < gone else {0, 1}))
    for (unit, face), n in CAME.items():
        for i in range(n):
            yield f"{unit}-{face}-new{i}", (unit, face, frozenset({1}))


PEOPLE = dict(every_person())
SIZES: dict[Class, int] = dict(Counter(PEOPLE.values()))


def organisation(folder: Path, invited: int) -> Path:
    """An engagement that asks every tool; ``invited`` more in each place than have answered."""
    made = engaged(folder, *ASKING)
    path = made / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["units"] = [{"id": "org", "name": "Fjordby"}]
    data["units"] += [{"id": u, "name": u.title(), "parent": "org"} for u in (*UNITS, "stab")]
    data["invited"] = [
        {"wave": "w1", "unit": unit, "perspective": face, "n": n + CAME.get((unit, face), 0) + invited}
        for (unit, face), n in FIRST.items()
    ]  # fmt: skip
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return made


def parts(folder: Path) -> dict[str, Engagement]:
    whole = engagements.load(folder)
    return {"": whole, **parts_of(whole)}


def answered(folder: Path, version: int) -> None:
    """Everybody who came in a version answers everything of every tool; who was erased is gone."""
    for tool, part in parts(folder).items():
        rng = np.random.default_rng([version, *tool.encode()])
        people, given = [], []
        asked = part.instrument.perspectives
        for name, (unit, face, when) in PEOPLE.items():
            if face in asked and min(when) == version:
                people.append((name, "w1", unit, face, None, None))
                given += list(_answers(part, name, face, rng))
        with open_store(part) as store:
            if version:
                for name, (_, face, when) in PEOPLE.items():
                    if face in asked and max(when) < version:
                        store.erase([name])
            store.add(tables(people, given), doubles="other")


def _answers(
    part: Engagement, name: str, face: str, rng: np.random.Generator
) -> Iterator[tuple[str, str, str, str]]:
    own = rng.normal(0, 0.4)
    for question in part.instrument.questions(face):
        scale = question.facet.scale
        if scale.kind == "rating":
            middle = (scale.low + scale.high) / 2 + 0.3
            value = str(int(np.clip(np.rint(rng.normal(middle + own, 0.9)), scale.low, scale.high)))
        elif scale.kind == "category":
            value = scale.choices[int(rng.integers(len(scale.choices)))].value
        elif scale.kind == "pick":
            many = int(rng.integers(scale.fewest, scale.most + 1))
            value = ballot(scale.options, set(rng.choice(scale.options, many, replace=False)))
        else:
            continue
        yield name, question.item.id, question.facet.id, value


Issued = list[dict[str, Released]]


def lived(folder: Path, invited: int) -> Issued:
    """Both versions of everything."""
    made = organisation(folder, invited)
    found: Issued = []
    for version in (0, 1):
        answered(made, version)
        whole, beside = issue_all(engagements.load(made), "w1")
        found.append({"": whole, **beside})
    return found


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Engagement], Issued]:
    folder = tmp_path_factory.mktemp("fjordby") / "all"
    issued = lived(folder, invited=2)
    return parts(folder), issued


def read(life: tuple[dict[str, Engagement], Issued]) -> tuple[list[Fact], list[Number]]:
    known, issued = life
    every = [
        (tool, known[tool], told, SIZES, version)
        for version, those in enumerate(issued)
        for tool, told in those.items()
    ]
    return (
        [one for args in every for one in facts(*args)],
        [one for args in every for one in numbers(*args)],
    )


def test_every_tool_is_answered_and_says_something(
    life: tuple[dict[str, Engagement], Issued],
) -> None:
    _, issued = life
    assert all(set(one) == {"", *ASKING} for one in issued)
    found, counted = read(life)
    assert {one.tool for one in found} == {"", *ASKING} == {one.tool for one in counted}
    assert len({one.question for one in found}) > 300


def test_nobodys_answers_are_recovered_from_all_tools_together(
    life: tuple[dict[str, Engagement], Issued],
) -> None:
    found, _ = read(life)
    assert recovered(found, SIZES, 5) == []


def test_all_tools_together_count_nobody_of_whom_there_are_few(
    life: tuple[dict[str, Engagement], Issued],
) -> None:
    """Also for whoever takes for granted that the same people answered every tool."""
    _, counted = read(life)
    assert sizes_told(counted, SIZES, 5) == set()


def test_without_the_door_between_them_they_would_count_the_pay_partners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One tool asks HR alone, another HR and the pay partners as one; the difference is the pay partners."""
    monkeypatch.setattr(release, "elsewhere", lambda engagement, wave: frozenset())
    folder = tmp_path / "all"
    issued = lived(folder, invited=2)
    _, counted = read((parts(folder), issued))
    tools = {one.tool for one in counted}
    alone = [sizes_told([n for n in counted if n.tool == tool], SIZES, 5) for tool in tools]
    assert set().union(*alone) == set()
    assert sizes_told(counted, SIZES, 5) == {frozenset({("stab", "pay", frozenset({0, 1}))})}


def test_no_two_tools_ask_the_same_question_of_anybody() -> None:
    """In the same words they would be one unknown in two tools' equations; in every language."""
    asked: dict[str, set[tuple[str, str, str]]] = {}
    for id in ("partnership", *ASKING):
        instrument = instruments.load(id)
        asked[id] = {
            (code, " ".join(text.split()).casefold(), question.facet.label[code])
            for question in instrument.questions()
            for who in question.item.ask
            for code in instrument.languages
            if question.facet.scale.kind != "text"
            for text in [instrument.wording(question.item, who, code)]
        }
    assert all(len(one) >= 30 for one in asked.values())
    for one, other in combinations(asked, 2):
        assert not asked[one] & asked[other], (one, other)


# ------------------------------------------------------- a reader that cannot read is worthless

LEADERS, HR, PAY = (("org", face, frozenset({0, 1})) for face in ("leader", "hr", "pay"))
SMALL = {LEADERS: 12, HR: 9, PAY: 3}


def fact(tool: str, question: str, classes: set[Class], mean: float, half: float = 0.05) -> Fact:
    n = sum(SMALL[one] for one in classes)
    return Fact(tool, question, frozenset(classes), n * (mean - half), n * (mean + half), (1, 5))


def test_the_same_question_in_two_tools_would_give_the_pay_partners_away() -> None:
    both = [fact("mirror", "q", {HR, PAY}, 3.5), fact("services", "q", {HR}, 3.0)]
    assert recovered(both, SMALL, 5) == [("q", frozenset({PAY}))]
    apart = [fact("mirror", "q", {HR, PAY}, 3.5), fact("services", "other", {HR}, 3.0)]
    assert recovered(apart, SMALL, 5) == []


def test_a_version_that_counts_a_few_more_would_give_them_away() -> None:
    came = ("org", "leader", frozenset({1}))
    sizes = {LEADERS: 12, came: 2}
    before = Fact("t", "q = yes", frozenset({LEADERS}), 5.9, 6.1, (0.0, 1.0))
    now = Fact("t", "q = yes", frozenset({LEADERS, came}), 7.9, 8.1, (0.0, 1.0))
    assert recovered([before, now], sizes, 5) == [("q = yes", frozenset({came}))]
    counted = [Number("t", frozenset({LEADERS}), 12, 12), Number("t", now.classes, 14, 14)]
    assert sizes_told(counted, sizes, 5) == {frozenset({came})}

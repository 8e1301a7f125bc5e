"""A number of people is printed once: what another questionnaire of the engagement has printed is seen."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

import hrkit
from hrkit.assessment.assessment import assess
from hrkit.blocks import Table, plain, walk
from hrkit.disclosure import release
from hrkit.disclosure.kept.elsewhere import Headcount, at_least, elsewhere
from hrkit.disclosure.released import ALL, Group, Released, Why
from hrkit.model import engagement_file as engagements
from hrkit.model.family import others_of
from tests import quick
from tests.pages import pages_of
from tests.tools.played import answer, engaged

HR, BOTH = Group("hr", ("hr",)), Group("hr", ("hr", "pay"))
#: Twelve of HR, three pay partners: enough for shares, were the number told.
WHO: Mapping[str, int] = {"leader": 14, "hr": 12, "pay": 3, "top": 6}
TOOL = {"leader": 14, "hr": 12, "top": 6}


def number(n: int, *who: str) -> Headcount:
    return Headcount(frozenset(who), n)


@pytest.mark.parametrize(
    ("own", "printed", "said"),
    [
        ((HR, number(9, "hr")), number(12, "hr", "pay"), {"hr": 8}),
        ((HR, number(5, "hr")), number(6, "hr", "pay"), {"hr": 5}),
        ((BOTH, number(12, "hr", "pay")), number(9, "hr"), {"hr": 9}),
        # As many as the threshold may be counted, and so may nobody.
        ((HR, number(9, "hr")), number(14, "hr", "pay"), {}),
        ((HR, number(9, "hr")), number(9, "hr", "pay"), {}),
        # Neither lies within the other: one is not taken from the other.
        ((HR, number(9, "hr")), number(12, "leader", "pay"), {}),
        ((HR, number(9, "hr")), number(10, "hr"), {}),
        # More answered the one than the other: they are not the same people.
        ((HR, number(12, "hr")), number(9, "hr", "pay"), {}),
    ],
)
def test_what_is_said_of_a_number_beside_another(
    own: tuple[Group, Headcount], printed: Headcount, said: Mapping[str, int]
) -> None:
    assert at_least([own], [printed], 5) == said


def test_of_several_numbers_the_least_is_told() -> None:
    own = [(HR, number(9, "hr")), (HR, number(8, "hr"))]
    printed = [number(12, "hr", "pay"), number(11, "hr", "pay")]
    assert at_least(own, printed, 5) == {"hr": 7}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = engaged(tmp_path_factory.mktemp("both") / "nordby", "competencies")
    answer(made, WHO, lambda *_: 3.2)
    answer(made / "competencies", TOOL, lambda *_: 3.4)
    return made


def copied(folder: Path, to: Path) -> Path:
    import shutil

    return Path(shutil.copytree(folder, to / "nordby"))


def of_hr(released: Released) -> tuple[set[int | None], set[int | None], int | None]:
    """What is told of HR: of its means, its tables of shares, its turnout."""
    means = {s.told for s in released.scores if s.group == "hr" and s.shown}
    shares = {s.n for s in (*released.shares, *released.distributions) if s.group == "hr"}
    (row,) = [one for one in released.answering if one.group == "hr"]
    return means, shares - {None}, row.answered


@pytest.mark.parametrize("first", ["whole", "tool"])
def test_whoever_is_printed_later_tells_no_number(folder: Path, tmp_path: Path, first: str) -> None:
    made = copied(folder, tmp_path)
    whole = engagements.load(made)
    order = [whole, *others_of(whole)]
    if first == "tool":
        order.reverse()
    one, other = (release.issue(each, "w1") for each in order)
    means, shares, answered = of_hr(one)
    # One questionnaire alone is as it always was.
    assert answered == (15 if first == "whole" else 12) and shares
    assert means == {None} or first == "whole", "statements of HR alone are told within one"
    means, shares, answered = of_hr(other)
    assert (shares, answered) == (set(), None)
    # The number of the larger printed before, less four; or the one of the smaller.
    assert means == ({11} if first == "whole" else {12})
    hidden = [s for s in (*other.shares, *other.ballots) if s.group == "hr"]
    assert {s.why for s in hidden} == {Why.PROTECTED}
    assert not any(s.everyone or s.dont_know is not None for s in other.scores if s.group == "hr")
    # Nor does a table over all groups, nor the number behind a mean over them.
    assert all(s.told for s in other.scores if s.group == ALL and s.shown and s.n and s.n > 14 + 6)


def test_what_a_tool_that_was_dropped_has_printed_stays_known(folder: Path, tmp_path: Path) -> None:
    """HR was printed as twelve; with the pay partners it would now be fifteen."""
    made = copied(folder, tmp_path)
    release.issue(engagements.load(made / "competencies"), "w1")
    path = made / engagements.FILE
    data = yaml.safe_load(path.read_text("utf-8"))
    data["tools"] = []
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    means, shares, answered = of_hr(release.issue(engagements.load(made), "w1"))
    assert (means, shares, answered) == ({12}, set(), None)
    said = " ".join(hrkit.check(made).notes)
    assert "competencies is among tools no more" in said
    # One whose file cannot be used keeps the next version back: it is said with all else that is wrong.
    (made / "competencies" / engagements.FILE).write_text("part_of: '..'\ncolour: red\n", "utf-8")
    checked = hrkit.check(made)
    assert any("competencies" in str(one) for one in checked.problems), checked.problems


def test_again_it_is_the_same_and_what_is_looked_at_is_what_is_issued(
    folder: Path, tmp_path: Path
) -> None:
    made = copied(folder, tmp_path)
    release.issue(engagements.load(made), "w1")
    part = engagements.load(made / "competencies")
    seen, given = release.preview(part, "w1"), release.issue(part, "w1")
    assert of_hr(seen) == of_hr(given) == of_hr(release.issue(part, "w1"))
    assert elsewhere(part, "w1") and all("competencies" not in one.id for one in others_of(part))


def test_no_other_questionnaire_no_least(folder: Path, tmp_path: Path) -> None:
    made = copied(folder, tmp_path)
    (made / "answers.sqlite").unlink()
    told = release.issue(engagements.load(made / "competencies"), "w1")
    assert of_hr(told)[0] == {None} and of_hr(told)[2] == 12


def test_the_page_says_at_least_and_nowhere_how_many(folder: Path, tmp_path: Path) -> None:
    made = copied(folder, tmp_path)
    release.issue(engagements.load(made), "w1")
    found = assess(made / "competencies", language="da")
    w = found.context.words
    with quick.undrawn():
        told = [
            plain(cell)
            for block in walk(found.section("response").blocks)
            if isinstance(block, Table)
            for row in block.rows
            for cell in row
        ]
    assert w("report.at_least", n=11) in told and "12" not in told
    done = hrkit.report(made / "competencies", also=("pptx", "xlsx"), output=tmp_path / "r.pdf")
    text = " ".join(pages_of(done.pdf))
    assert w("report.at_least", n=11) in " ".join(text.split())


def test_two_that_are_issued_at_once_take_turns(folder: Path, tmp_path: Path) -> None:
    """Each would else print its number without having seen the other's."""
    made = copied(folder, tmp_path)
    whole = engagements.load(made)
    both = [whole, *others_of(whole)]
    found: list[Released] = []
    gate = threading.Barrier(2)

    def issued(one: object) -> None:
        gate.wait()
        found.append(release.issue(one, "w1"))  # type: ignore[arg-type]

    threads = [threading.Thread(target=issued, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(of_hr(one)[2] is None for one in found) == [False, True]

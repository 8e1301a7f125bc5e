"""The checklist: worked examples, its rate of false alarms, and the tool played whole."""

from __future__ import annotations

import dataclasses
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

import hrkit
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.blocks import Callout, Figure, Heading, Note, Table, plain, walk
from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import portion
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import Why
from hrkit.errors import AnswersError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.ballot import ballot
from hrkit.model.wording import instrument_texts
from hrkit.records.store import FILE
from hrkit.report.sections.questions import questions
from hrkit.tools.preparation.claims import CLAIMS
from hrkit.tools.preparation.findings import (
    even,
    least_used,
    need_labels,
    needed,
    needs,
    wanted,
    ways,
)
from hrkit.tools.preparation.sections import steps
from tests import pages, quick
from tests.tools.played import engaged, page_rate, typed

LIST, FIRST = instruments.load("preparation"), instruments.load("preparation-1")


def test_twelve_ways_up_to_three_of_eight_needs_and_words_of_ones_own() -> None:
    assert [tag for item in LIST.items.values() for tag in item.tags] == ["way"] * 12
    assert len(list(LIST.questions("leader"))) == 12 * 2 + 1 + 1
    assert LIST.choice is not None and LIST.choice.facet.scale.at_most == 3


def test_the_needs_are_those_of_the_first_edition_in_the_same_words() -> None:
    now, then = need_labels(LIST), need_labels(FIRST)
    assert list(now.items()) == list(then.items()) and len(now) == 8
    sections = [next(s for s in one.data["sections"] if s["id"] == "need") for one in (LIST, FIRST)]
    cited = [one["source"] for one in sections[0]["choose"]["options"]]
    assert cited == [one["source"] for one in sections[1]["items"]]
    ways = [[i for i in one.items.values() if "way" in i.tags] for one in (LIST, FIRST)]
    assert [(i.id, i.wordings) for i in ways[0]] == [(i.id, i.wordings) for i in ways[1]]


@pytest.mark.parametrize(
    ("more", "ends", "named"), [(10, (0.24, 0.61), False), (11, (0.28, 0.65), True)]
)
def test_wanted_where_more_than_a_quarter_want_what_is_seldom_done(
    more: int, ends: tuple[float, float], named: bool
) -> None:
    share = round(more / 24, 2)
    assert portion(share, 24) == pytest.approx(ends, abs=0.006)
    assert wanted(1.2, share, 24) is named
    assert not wanted(1.6, share, 24)


def test_without_a_share_nothing_is_wanted() -> None:
    assert not wanted(1.2, None, 8)
    assert not wanted(None, 0.9, 24)


def test_a_leaders_own_sheet_names_what_is_used_least() -> None:
    assert least_used({"task": 2.5, "mobility": (0 + 1) / 2, "course": 1.5})[0] == "mobility"


@pytest.mark.parametrize("n", range(10, 80))
def test_hardly_a_page_names_anything_where_a_quarter_want_it(n: int) -> None:
    of_ways, of_needs = each(PAGE, 12), each(PAGE, 8)
    assert page_rate(lambda share, n: wanted(1.0, share, n, of_ways), n, 0.25, 12) <= PAGE
    assert page_rate(lambda share, n: needed(share, n, of_needs), n, 0.25, 8) <= PAGE


def blindly(n: int, rounds: int, rng: np.random.Generator) -> np.ndarray:
    """Shape (rounds, 8): the printed share of each need, where every leader draws three of the eight."""
    order = np.argsort(rng.random((rounds, n, 8)), axis=2)
    return np.round((order < 3).mean(axis=1), 2)


@pytest.mark.parametrize("n", [10, 14, 24, 40, 80, 200])
def test_leaders_who_choose_blindly_need_nothing(n: int) -> None:
    """Each need is then chosen by 3 of 8, which is more than a quarter."""
    shares, alpha = blindly(n, 2000, np.random.default_rng(n)), each(PAGE, 8)
    assert LIST.choice is not None and even(LIST.choice) == 3 / 8

    def pages(least: float) -> float:
        return float(
            np.mean([any(needed(float(s), n, alpha, least) for s in page) for page in shares])
        )

    assert pages(even(LIST.choice)) <= PAGE
    if n == 24:
        # What the limit of a quarter would have named.
        assert pages(0.25) > 0.2


# ------------------------------------------------------------------------------ played whole


def answered(folder: Path, leaders: int, *, seed: int = 1, first: int = 0) -> None:
    """Asking about the future is rare and wanted by most; a free hour is what most need."""
    engagement = engagements.load(folder)
    rng, people, given = np.random.default_rng(seed), [], []
    for i in range(first, first + leaders):
        people.append((f"{i:05d}", "w1", engagement.root.id, "leader", None, None))
        for question in engagement.instrument.questions("leader"):
            item, scale = question.item.id, question.facet.scale
            if scale.kind == "rating":
                mean = 0.6 if item == "mobility.01" else 2.4
                value = str(int(np.clip(np.rint(rng.normal(mean, 0.8)), 0, 4)))
            elif scale.kind == "pick":
                odds = np.array([8.0 if one == "time" else 1.0 for one in scale.options])
                many = int(rng.integers(1, 4))
                some = rng.choice(scale.options, many, replace=False, p=odds / odds.sum())
                value = ballot(scale.options, set(some.tolist()))
            elif scale.kind == "category":
                often = {"mobility.01": 0.8, "need.time": 0.8}.get(item, 0.15)
                value = scale.choices[0 if rng.random() < often else 1].value
            else:
                continue
            given.append((f"{i:05d}", item, question.facet.id, value))
    with open_store(engagement) as store:
        store.add(tables(people, given))


ANSWERS = {
    "need.time": {"says": "no", "what": "Direktionen afgør det", "from": ""},
    "need.sparring": {
        "says": "yes",
        "what": "HR-partneren, samme dag",
        "from": "1. marts",
    },
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = engaged(tmp_path_factory.mktemp("prepare") / "nordby", "preparation") / "preparation"
    answered(folder, 40)
    said = {
        key: {**one, "says": {"no": "nej", "yes": "ja"}[one["says"]]}
        for key, one in ANSWERS.items()
    }
    hrkit.fill(folder, take=typed(folder, "answers", "da", said, folder / "back.xlsx"))
    return folder


def test_what_was_put_in_is_found_and_asked_for(played: Path) -> None:
    ctx = assess(played, language="da").context
    assert [one.item.id for one in ways(ctx) if one.told] == ["mobility.01"]
    assert [one.id for one in needs(ctx) if one.told] == ["need.time"]
    # What HR has answered with a no is no step; what it promised is one that was agreed.
    (step,) = steps(ctx)
    assert (step.id, step.owner, step.agreed) == ("preparation:need:need.sparring", "hr_head", True)
    assert "1. marts" in step.text


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_in_each_language(played: Path, language: str) -> None:
    found = assess(played, language="da")
    words = found.engagement.words(language)
    spoken = dataclasses.replace(found, context=dataclasses.replace(found.context, words=words))
    with quick.undrawn():
        shown = spoken.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert headings[0] == words("prepare.title.want", n=1)
    answers, listed = (b for b in walk(shown.blocks) if isinstance(b, Table))
    assert (len(answers.rows), len(listed.rows)) == (8, 12)
    assert words("prepare.answer.no") in [plain(cell) for row in answers.rows for cell in row]
    (rows,) = shown.worksheets
    assert len(rows.rows) == 12


@pytest.mark.parametrize("name", ["personal", "meeting"])
def test_each_sheet_is_one_page_in_each_language(played: Path, tmp_path: Path, name: str) -> None:
    for language in ("da", "nl", "en"):
        pdf = hrkit.sheet(played, name=name, language=language, output=tmp_path)
        assert len(pages.pages_of(pdf)) == 1, language


def test_a_leaders_own_sheet_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    before = {p.name for p in folder.iterdir()}
    pdf = hrkit.sheet(folder, name="personal", output=tmp_path)
    assert pdf.is_file()
    # Only which files were printed is kept, never what stands on them.
    assert {p.name for p in folder.iterdir()} - before <= {".hrkit"}
    assert not list(folder.rglob("*.sqlite*"))
    assert not (folder / FILE).exists()


@pytest.mark.parametrize(("n", "means", "shares"), [(4, False, False), (9, True, False)])
def test_few_leaders_have_means_from_five_and_shares_from_ten(
    tmp_path: Path, n: int, means: bool, shares: bool
) -> None:
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    answered(folder, n)
    found = assess(folder)
    assert any(one.often.shown for one in ways(found.context)) is means
    assert any(one.more is not None for one in ways(found.context)) is shares
    assert any(one.share is not None for one in needs(found.context)) is shares
    with quick.undrawn():
        shown = found.section("tools")
    assert any(isinstance(b, Callout) for b in walk(shown.blocks)) is not means
    if not means:
        assert not any(isinstance(b, (Table, Figure)) for b in walk(shown.blocks))


def test_of_one_mind_is_not_shown(tmp_path: Path) -> None:
    """A share of all or of none says it of each."""
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    engagement = engagements.load(folder)
    people = [(f"{i:05d}", "w1", engagement.root.id, "leader", None, None) for i in range(12)]
    given = [(key, "need.01", "chosen", "words time") for key, *_ in people[:6]]
    given += [(key, "need.01", "chosen", "time") for key, *_ in people[6:]]
    with open_store(engagement) as store:
        store.add(tables(people, given))
    found = needs(assess(folder).context)
    assert {one.why for one in found} == {Why.PROTECTED}
    assert not any(one.share is not None or one.few or one.told for one in found)


def test_what_few_chose_has_no_figure_and_is_said_to_be_few(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    engagement = engagements.load(folder)
    said = [*["words time"] * 6, *["sparring tools time"] * 5, *["sparring tools"] * 4, "overview"]
    people = [(f"{i:05d}", "w1", engagement.root.id, "leader", None, None) for i in range(16)]
    given = [(key, "need.01", "chosen", one) for (key, *_), one in zip(people, said, strict=True)]
    with open_store(engagement) as store:
        store.add(tables(people, given))
    found = assess(folder)
    by = {one.id.removeprefix("need."): one for one in needs(found.context)}
    # One chose the overview: what stands next to it is left out too, and no figure of both is told.
    assert (by["time"].share, by["sparring"].share) == (0.69, 0.56)
    few = {id for id, one in by.items() if one.few}
    assert "overview" in few and len(few) > 1 and all(by[id].share is None for id in few)
    row = found.context.released.ballot("need.01", "leader")
    assert (row.n, row.rest) == (16, None)
    with quick.undrawn():
        shown = found.section("tools")
    w = found.context.words
    cells = [
        plain(c) for b in walk(shown.blocks) if isinstance(b, Table) for r in b.rows for c in r
    ]
    assert w("report.why.protected") in cells
    # An instrument of a client's own that asks so has no chapter of a tool: it is told plainly.
    with quick.undrawn():
        plainly = questions(found.context)
    listed = [b for b in walk(plainly.blocks) if isinstance(b, Table) and len(b.rows) == 8]
    told = {plain(name): plain(cell) for name, cell in listed[-1].rows}
    assert told[by["time"].label["da"]] == w.percent(0.69)
    assert told[by["overview"].label["da"]] == w("report.why.protected")
    said_of = hrkit.explain(folder, "need.01", "leader")
    assert w("explain.picks_at_most", n=16, k=3, count=8) in said_of


def test_a_fourth_is_refused_and_two_are_enough(tmp_path: Path) -> None:
    """In a file as in the form: at most three, and nobody is told to choose more."""
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    columns = [f"need.01:{one}" for one in LIST.choice.facet.scale.options]
    lines = ["unit;perspective;" + ";".join(columns), "org;leader;" + "1;" * 2 + ";" * 5]
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("\n".join(lines) + "\n", "utf-8")
    assert not any("fewer than" in note for note in hrkit.import_answers(good, folder).notes)
    bad.write_text("\n".join([lines[0], "org;leader;" + "1;" * 4 + ";" * 3]) + "\n", "utf-8")
    with pytest.raises(AnswersError, match="4 are chosen"):
        hrkit.import_answers(bad, folder)


def test_a_round_asked_in_the_first_edition_is_read_and_printed_as_it_was(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    engagement = engagements.load(folder)
    rng = np.random.default_rng(4)
    people = [(f"{i:05d}", "w1", engagement.root.id, "leader", None, None) for i in range(24)]
    given = []
    for key, *_ in people:
        for id in need_labels(FIRST):
            helps = rng.random() < (0.8 if id == "need.time" else 0.3)
            given.append((key, id, "need", "helps" if helps else "not-now"))
        given += [(key, "mobility.01", "often", "1"), (key, "mobility.01", "more", "more")]
    first = dataclasses.replace(engagement, instrument=FIRST)
    with open_store(first) as store:
        store.add(tables(people, given))
    found = assess(folder)
    assert found.context.instrument.version.startswith("1.")
    by = {one.id: one for one in needs(found.context)}
    assert by["need.time"].told and by["need.time"].n == 24
    with quick.undrawn():
        shown = found.section("tools")
    w = found.context.words
    tables_ = [b for b in walk(shown.blocks) if isinstance(b, Table)]
    assert w("prepare.answer.need") in [plain(c) for c in tables_[0].columns]
    notes = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Note)]
    assert w("prepare.limit", n=3) not in notes
    # HR has answered nothing: nothing is said of its answers, and no heading stands twice.
    assert w("prepare.answer.note", details=10) not in notes
    assert w("prepare.answer.note_shares", details=10) in notes
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert len(set(headings)) == len(headings) and w("prepare.answer.title") not in headings


def test_a_late_answer_is_not_seen_between_two_versions(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "preparation") / "preparation"
    answered(folder, 14)
    engagement = engagements.load(folder)
    first = issue(engagement, "w1")
    answered(folder, 1, seed=9, first=14)
    second = issue(engagement, "w1")
    for before in first.scores:
        after = second.score(before.measure, before.group, before.unit)
        if before.shown and after.shown:
            assert (before.n, before.mean) == (after.n, after.mean)
    for share in first.shares:
        later = second.share(share.measure, share.group)
        if share.shown and later.shown:
            assert (share.n, share.shares) == (later.n, later.shares)


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("preparation") if key.startswith("prepare.")}
    assert claimed <= own
    plain_ones = (
        "prepare.title.none", "prepare.title.hidden", "prepare.lead", "prepare.wanted",
        "prepare.needed", "prepare.none*", "prepare.hidden", "prepare.table.*", "prepare.answer.*",
        "prepare.words", "prepare.limit", "prepare.personal.*", "prepare.meeting.*", "prepare.worksheet*",
        "prepare.since.title", "prepare.since.none", "prepare.since.shares", "prepare.since.few",
        "prepare.since.note",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []

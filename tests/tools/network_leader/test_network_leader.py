"""People leader in the network organisation: worked examples, false alarms, the tool played whole; a pair's sheet leaves no trace."""

from __future__ import annotations

import dataclasses
import datetime as dt
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from hrkit.answers.files.excel import PROPERTY
from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.blocks import Bullets, Callout, Figure, Heading, Table, plain, walk
from hrkit.cli import main
from hrkit.commands.fill import fill
from hrkit.commands.pair import pair
from hrkit.commands.sheet import sheet
from hrkit.disclosure.derived.portions import portion
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import Score, Why, tidy
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.instrument import Question
from hrkit.model.wording import instrument_texts
from hrkit.publish.fillable import render_fillable
from hrkit.records.store import records_of
from hrkit.records.values import OpenLine
from hrkit.report.running import paper_info
from hrkit.tools.network_leader.agreements import AgreementsTold, agreements_told, told_block
from hrkit.tools.network_leader.findings import _lies, by_tag, page, tasks, wanted_no_time
from hrkit.tools.network_leader.guide import SHEET, workbook
from hrkit.tools.network_leader.pair import FIELDS, Pair, told
from hrkit.tools.network_leader.sections import CLAIMS
from tests import pages, quick
from tests.tools.played import answer, engaged, typed

TEN = instruments.load("network-leader")
TODAY = dt.date(2026, 3, 2)


def test_ten_tasks_each_from_the_source() -> None:
    assert [item.id for item, _, _ in tasks(TEN)] == [f"net.{i:02}" for i in range(1, 11)]
    assert {ref for item in TEN.items.values() for ref in item.source.refs} == {"S4"}


def test_hours_that_lie_apart_come_first() -> None:
    found = told(Pair({("network", "time"): "8 timer", ("people", "time"): "4"}))
    assert found.hours == (8.0, 4.0)
    assert told(Pair({("network", "time"): "4,5", ("people", "time"): "4"})).hours is None
    assert told(Pair({("network", "time"): "8"})).hours is None


def test_what_is_not_agreed_is_said_and_what_one_left_empty() -> None:
    agreed = {name: "x" for name in FIELDS[:-1] if name != "priority"}
    found = told(Pair({("network", "priority"): "drift viger"}, agreed, {}, TODAY))
    assert found.open == ("priority",) and not found.agreed
    assert found.one_sided == (("priority", "people"),)


@pytest.mark.parametrize(
    ("review", "late"), [(dt.date(2026, 9, 2), False), (dt.date(2026, 9, 3), True)]
)
def test_an_agreement_is_eight_fields_two_yes_and_a_day_within_six_months(
    review: dt.date, late: bool
) -> None:
    yes = {"network": TODAY, "people": TODAY}
    whole = Pair({}, dict.fromkeys(FIELDS[:-1], "x"), yes, review)
    assert (told(whole).late, told(whole).agreed) == (late, not late)
    assert not told(dataclasses.replace(whole, yes={"network": TODAY})).agreed


def test_a_share_of_eleven() -> None:
    assert [round(100 * one) for one in portion(6 / 11, 11)] == [28, 79]


def test_hardly_a_page_says_that_what_is_wanted_has_no_time_where_all_lie_in_the_middle() -> None:
    rng, times, wrong = np.random.default_rng(1), 400, 0
    for _ in range(times):
        lies = []
        for _ in range(3):
            drawn = np.clip(np.rint(rng.normal(1.5, 0.9, 24)), 0, 3)
            mean, spread = tidy(drawn.mean()), tidy(drawn.std(ddof=1))
            lies.append(_lies(Score("x", "org", "leader", Why.SHOWN, 24, mean, spread=spread)))
        wrong += any(lies)
    assert wrong / times <= 0.05


# ------------------------------------------------------------------------------ played whole

_MEANS = {"wanted": 2.6, "time": 0.4, "priority": 0.5}


def mind(question: Question, perspective: str) -> float:
    return _MEANS.get(next(iter(question.item.tags), ""), 1.5)


def crowd(folder: Path, leaders: int) -> Path:
    place = engaged(folder / "nordby", "network-leader") / "network-leader"
    answer(place, {"leader": leaders}, mind)
    return place


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crowd(tmp_path_factory.mktemp("network"), 30)


def test_what_was_put_in_is_found(played: Path) -> None:
    ctx = assess(played).context
    assert wanted_no_time(ctx, "leader")
    found = {one.item.id: one.not_yet for one in page(ctx, "leader")}
    assert (found["net.02"] or 0) > 0.3
    assert found["net.03"] is None  # hardly anybody: fewer than three


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_and_sheets_in_each_language(played: Path, language: str) -> None:
    found = assess(played, language="da")
    words = found.engagement.words(language)
    spoken = dataclasses.replace(found, context=dataclasses.replace(found.context, words=words))
    shown = spoken.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert headings[0] == words("network.title.wanted")
    # The sentence says how far each is, which is less than that there is no time.
    (told,) = (plain(i) for b in shown.blocks if isinstance(b, Bullets) for i in b.items)
    means = [spoken.context.mean(by_tag(spoken.context, "leader")[t]) for t in ("wanted", "time")]
    assert all(f"({mean})" in told for mean in means)
    assert any(isinstance(b, Figure) for b in walk(shown.blocks))
    assert [len(b.rows) for b in walk(shown.blocks) if isinstance(b, Table)] == [10]
    (rows,) = shown.worksheets
    assert len(rows.rows) == 10
    for name in ("own", "prepare", "agreement"):
        assert any(isinstance(b, Table) for b in walk(spoken.tool_sheet(name).blocks))


@pytest.mark.parametrize("name", ["own", "prepare", "agreement"])
def test_a_sheet_is_one_page(played: Path, name: str) -> None:
    assert len(pages.pages_of(sheet(played, name=name))) == 1


def test_four_leaders_are_not_shown(tmp_path: Path) -> None:
    with quick.undrawn():
        shown = assess(crowd(tmp_path, 4)).section("tools")
    assert any(isinstance(b, Callout) for b in walk(shown.blocks))
    assert not any(isinstance(b, (Table, Figure)) for b in walk(shown.blocks))


def test_nine_have_means_and_no_share(tmp_path: Path) -> None:
    found = page(assess(crowd(tmp_path, 9)).context, "leader")
    assert any(one.score.shown for one in found)
    assert all(one.not_yet is None for one in found)


def test_a_late_answer_moves_no_share(tmp_path: Path) -> None:
    folder = crowd(tmp_path, 20)
    engagement = engagements.load(folder)
    before = issue(engagement, "w1")
    with open_store(engagement) as store:
        late = [("late", item.id, "settled", "0") for item, _, _ in tasks(TEN)]
        store.add(tables([("late", "w1", engagement.root.id, "leader", None, None)], late))
    after = issue(engagement, "w1")
    shown = [(after.share(key, "leader"), before.share(key, "leader")) for _, _, key in tasks(TEN)]
    assert any(then.shown for _, then in shown)
    assert all(not now.shown or now == then for now, then in shown)


# ------------------------------------------------------------------------------ two leaders


def filled(folder: Path, language: str, said: dict[str, dict[int, str]], path: Path) -> Path:
    """The workbook as two leaders filled it in: by a line's id and a column's place."""
    engagement = engagements.load(folder)
    words = engagement.words(language)
    made = workbook(words, (PROPERTY, f"{engagement.id} {SHEET}"))
    rows = [
        tuple(said.get(row[0], {}).get(x, text) for x, text in enumerate(row)) for row in made.rows
    ]
    info = paper_info(engagement, words, "x", TODAY)
    path.write_bytes(render_fillable(dataclasses.replace(made, rows=tuple(rows)), info))
    return path


def test_what_two_leaders_write_is_told_to_them_and_leaves_no_byte(tmp_path: Path) -> None:
    folder = crowd(tmp_path, 12)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    secret = "Torsdagsgruppen"
    said = {
        "time": {2: "8 timer", 5: "4 timer", 8: ""},
        "room": {2: secret, 8: f"{secret} mødes selv"},
    }
    before = {p: p.read_bytes() for p in folder.parent.rglob("*") if p.is_file()}
    path = filled(folder, "da", said, theirs / "vores.xlsx")
    run = CliRunner().invoke(main, ["pair", str(folder), "--take", str(path)])
    assert run.exit_code == 0, run.output
    (page_,) = theirs.glob("*.pdf")
    text = pages.text_of(page_)
    assert "8" in text and secret in text
    after = {p: p.read_bytes() for p in folder.parent.rglob("*") if p.is_file()}
    assert {p for p in after if not p.name.endswith(("-wal", "-shm"))} == set(before)
    assert not [p for p, data in after.items() if secret.encode() in data]


def ticked(count: int, written: int, day: str, first: int = 0) -> list[tuple[str, OpenLine]]:
    return [
        (
            day,
            OpenLine(
                "network-leader", "pairs", "w1", f"own-{first + i}",
                said=(("written", "yes" if i < written else "no"), ("review", "no")),
            ),
        )
        for i in range(count)
    ]  # fmt: skip


def test_pairs_are_counted_from_five_and_five_at_a_time() -> None:
    assert agreements_told(ticked(4, 2, "2026-01-01")) is None
    first = ticked(7, 4, "2026-01-01")
    assert agreements_told(first) == AgreementsTold(7, {"written": 4, "review": 0})
    # Whoever prints again reads nothing of one pair, nor of four: they wait for a fifth.
    for i in range(1, 5):
        first += ticked(1, 1, f"2026-02-0{i}", first=10 + i)
        assert agreements_told(first) == AgreementsTold(7, {"written": 4, "review": 0})
    first += ticked(1, 1, "2026-02-09", first=20)
    assert agreements_told(first) == AgreementsTold(12, {"written": 9, "review": 0})
    # A pair that has written its agreement since is a change of one.
    assert agreements_told([*first, *ticked(1, 1, "2026-03-01", first=5)]).counts["written"] == 9  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_the_count_leaves_nobody_alone_and_stands_in_the_chapter(
    tmp_path: Path, language: str
) -> None:
    folder = crowd(tmp_path, 12)
    words = engagements.load(folder).words(language)
    yes, no = (words(f"network.pairs.answer.{one}") for one in ("yes", "no"))
    said = {
        " " * (i + 1): {"written": yes if i else no, "review": yes if i == 3 else no}
        for i in range(6)
    }
    fill(folder, take=typed(folder, "pairs", language, said, tmp_path / "p.xlsx"))
    ctx = assess(folder, language=language).context
    text = " ".join(plain(b.text) for b in told_block(ctx))
    most, few = words("network.pairs.most", n=4), words("network.pairs.few", n=2)
    assert words("network.pairs.count", n=6, written=most, review=few) in text
    with quick.undrawn():
        shown = assess(folder, language=language).section("tools").blocks
    assert any(
        isinstance(b, Heading) and plain(b.text) == words("network.pairs.told") for b in shown
    )


def test_a_line_of_a_pair_that_says_half_is_refused(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "network-leader") / "network-leader"
    for said, what in (
        ({"written": "yes"}, "is empty"),
        ({"written": "no", "review": "yes"}, "no agreement"),
        ({"written": "Jo Holm", "review": "no"}, "none of the list"),
    ):
        with pytest.raises(HrkitError, match=what):
            fill(folder, take=typed(folder, "pairs", "en", {" ": said}, tmp_path / "p.xlsx"))
    assert not records_of(engagements.load(folder)).lines


def test_what_two_need_before_anybody_answers(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "network-leader") / "network-leader"
    made = pair(folder, language="nl", output=tmp_path)
    assert {p.suffix for p in made} == {".pdf", ".xlsx"}
    assert all(len(pages.pages_of(p)) == 1 for p in made if p.suffix == ".pdf")
    with pytest.raises(HrkitError, match="not the folder"):
        pair(folder.parent)


def test_a_day_that_is_none_is_refused_with_its_cell(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "network-leader") / "network-leader"
    path = filled(folder, "en", {"review": {8: "soon"}}, tmp_path / "a.xlsx")
    with pytest.raises(HrkitError, match="soon is no date"):
        pair(folder, take=path)


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("network-leader") if key.startswith("network.")}
    assert claimed <= own
    about_two = ("title", "hours", "one_sided", "open", "late", "agreed", "yes", "seen_by")
    plain_ones = (
        "network.title.none", "network.title.hidden", "network.lead", "network.hidden",
        "network.none", "network.figure", "network.table.*", "network.note", "network.next",
        "network.worksheet*", "network.side.*", "network.part.*", "network.field.*",
        "network.ask.*", "network.prepare.*", "network.agree.*", "network.column.*",
        "network.own.*", "network.pairs.*", *(f"network.told.{one}" for one in about_two),
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []

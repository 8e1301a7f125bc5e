"""The role blueprint: worked examples, its rate of false alarms, and the tool played whole."""

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
from hrkit.blocks import Callout, Heading, Table, plain, walk
from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import reaches
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.wording import instrument_texts
from hrkit.records.store import open_records, records_of
from hrkit.records.values import OpenLine, Records
from hrkit.tools.blueprint.agreed import changed, more_without_less, promises, settled, sheets
from hrkit.tools.blueprint.claims import CLAIMS
from hrkit.tools.blueprint.findings import alone, between, found
from hrkit.tools.blueprint.sections import steps
from hrkit.tools.blueprint.short import LEAST_SHARE, unclear
from hrkit.tools.blueprint.tasks import tasks
from hrkit.tools.blueprint.wished import wishes
from tests import pages, quick
from tests.tools.played import answer, engaged, page_rate, typed

SHORT = instruments.load("blueprint")


def test_the_short_form_asks_fourteen_tasks_of_two_answers() -> None:
    assert len(SHORT.items) == 14
    assert all([f.id for f in item.facets] == ["decides", "does"] for item in SHORT.items.values())


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({"hr": "does"}, ("nobody-decides", "done-undecided")),
        ({"hr": "advises"}, ("nobody-decides",)),
        ({"top": "decides", "leader": "both"}, ("two-decide",)),
        ({"top": "decides"}, ("decided-not-done",)),
        ({"leader": "both"}, ()),
        ({"leader": "both", "top": "advises", "hr": "advises", "pay": "advises"}, ()),
        (
            {"leader": "both", **dict.fromkeys(("top", "hr", "pay", "reps"), "advises")},
            ("crowded",),
        ),
        ({"hr": "does", "top": "dont-know"}, ()),  # whoever it is may decide
        ({}, ()),
    ],
)
def test_what_one_sheet_shows(cells: dict[str, str], rules: tuple[str, ...]) -> None:
    assert alone(cells) == rules


def test_everyone_points_away_and_a_party_is_past_itself() -> None:
    shown = between(
        {
            "leader": {"leader": "told", "hr": "does", "top": "decides"},
            "hr": {"leader": "does", "hr": "advises", "top": "decides"},
            "top": {"top": "decides", "hr": "does"},
        }
    )
    assert set(shown["everyone-points-away"]) == {"leader", "hr", "top"}
    assert "leader" in shown["past-me"]
    assert "who" not in shown


def test_parties_that_name_others_as_deciding_are_no_two_deciders() -> None:
    said = {"leader": {"leader": "decides", "pay": "does"}, "hr": {"hr": "decides", "pay": "does"}}
    assert between(said) == {"who": ("leader", "hr")}  # all name the pay partner as doing it
    assert not any("two-decide" in alone(cells) for cells in said.values())


def test_two_who_say_only_we_and_one_whom_nobody_sees() -> None:
    twice = between({"leader": {"leader": "both"}, "hr": {"hr": "both"}})
    assert twice["twice"] == twice["unseen"] == ("leader", "hr")


def test_half_do_not_know() -> None:
    said = {"leader": {"hr": "dont-know"}, "hr": {"hr": "both"}}
    assert between(said)["dk"] == ("leader",)
    assert "dk" not in between(said | {"top": {"hr": "both"}})


def test_one_sheet_is_laid_beside_nothing() -> None:
    assert between({"leader": {"hr": "does"}, "hr": {}}) == {}


def agreed(task: str, decides: str, does: str, **more: str) -> OpenLine:
    said = {"decides": decides, "does": does, "from": "1.3.", "yes-decides": "x", "yes-does": "y"}
    return OpenLine("blueprint", "agreement", "w1", task, said=tuple((said | more).items()))


def party(name: str, task: str, tense: str = "now", **cells: str) -> OpenLine:
    return OpenLine(
        "blueprint", "party", "w1", f"{task} {tense}", f"party:{name}", tuple(cells.items())
    )


def test_agreed_only_with_one_who_decides_one_who_does_a_day_and_both_yes() -> None:
    lines = (
        agreed("a", "top", "hr"),
        agreed("b", "leader", "leader", **{"yes-does": ""}),
        agreed("c", "top", "hr", **{"yes-does": ""}),
        agreed("d", "top", "hr", **{"from": ""}),
        agreed("e", "top", "hr", parked="maj"),
    )
    states = [one.state for one in settled(Records(lines=lines))]
    assert states == ["agreed", "agreed", "proposed", "proposed", "parked"]


def test_a_load_that_grows_by_half_waits_for_relief() -> None:
    weights = {"a": "4", "b": "4", "c": "4", "d": "2", "e": "4", "f": "2", "g": "1"}
    now = [party("leader", one, leader="both") for one in "abcd"]
    now += [party("leader", one, hr="both") for one in "efg"]
    done = [agreed(task, "leader", "leader", weight=weight) for task, weight in weights.items()]
    records = Records(lines=(*now, *done))
    assert more_without_less(records) == {"leader": (14, 21)}
    less = OpenLine(
        "blueprint", "exchange", "w1", "own-1",
        said=(("from", "leader"), ("to", "hr"), ("kind", "less"), ("yes-from", "x"), ("yes-to", "y")),
    )  # fmt: skip
    assert not more_without_less(Records(lines=(*records.lines, less)))
    half = dataclasses.replace(less, said=less.said[:-1])
    assert more_without_less(Records(lines=(*records.lines, half)))
    assert [both for _, both in promises(Records(lines=(less, half)))] == [True, False]


def test_what_is_agreed_as_everybody_says_it_is_already_is_no_change() -> None:
    records = Records(
        lines=(
            party("hr", "a", hr="both"),
            party("leader", "a", hr="both"),
            agreed("a", "hr", "hr"),
        )
    )
    (one,) = settled(records)
    assert not changed(one, sheets(records))
    other = Records(lines=(*records.lines, party("top", "a", top="decides", hr="does")))
    assert changed(one, sheets(other))


def test_what_all_want_alike_is_told_from_what_they_want_apart_and_from_what_is_so_already() -> (
    None
):
    lines = (
        party("leader", "alike", hr="both"),
        party("leader", "alike", "wish", leader="both", hr="advises"),
        party("hr", "alike", "wish", leader="both", hr="told"),
        party("leader", "apart", "wish", leader="both"),
        party("hr", "apart", "wish", hr="both"),
        party("leader", "so", leader="both"),
        party("leader", "so", "wish", leader="both"),
        party("hr", "so", "wish", leader="both"),
        party("hr", "one", "wish", hr="does", top="decides"),
        party("hr", "open", "wish", hr="dont-know"),
    )
    listed = ["alike", "apart", "so", "one", "open"]
    made = {one.task: one for one in wishes(sheets(Records(lines=lines)), listed)}
    assert {task: one.kind for task, one in made.items()} == {
        "alike": "alike", "apart": "apart", "one": "one",
    }  # fmt: skip
    assert made["alike"].parts == ({"leader"}, {"leader"})
    # Whoever sees it otherwise today makes a wish of what others have already.
    seen = (*lines, party("top", "so", top="decides", leader="does"))
    assert "so" in {one.task for one in wishes(sheets(Records(lines=seen)), listed)}


@pytest.mark.parametrize("n", range(10, 80))
def test_hardly_a_page_calls_a_task_unclear_where_a_fifth_cannot_say(n: int) -> None:
    alpha = each(PAGE, 14 * 4)
    rate = page_rate(lambda share, n: reaches(share, n, LEAST_SHARE, alpha), n, 0.2, 14 * 4)
    assert rate <= PAGE


# ------------------------------------------------------------------------------ played whole


def filled(folder: Path, name: str, language: str, said: dict[str, dict[str, str]]) -> None:
    hrkit.fill(folder, take=typed(folder, name, language, said, folder / f"{name}.xlsx"))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sheets in three languages, one agreement, one promise; leaders say that nobody decides on rosters."""
    folder = engaged(tmp_path_factory.mktemp("roles") / "nordby", "blueprint") / "blueprint"
    engagement = engagements.load(folder)

    def cells(language: str, **marks: str) -> dict[str, str]:
        words = engagement.words(language)
        return {actor: words(f"blueprint.mark.{mark}") for actor, mark in marks.items()}

    at = "care.environment now"
    filled(folder, "party", "da", {
        f"party:leader {at}": cells("da", leader="told", hr="does", top="decides"),
        "party:leader pay.cases now": cells("da", leader="decides", pay="does"),
        "party:leader results.follow now": cells("da", hr="both"),
        "party:leader results.follow wish": cells("da", leader="both"),
    })  # fmt: skip
    filled(folder, "party", "nl", {
        f"party:hr {at}": cells("nl", leader="does", hr="advises", top="decides"),
        "party:hr pay.cases now": cells("nl", hr="decides", pay="does"),
        "party:hr results.follow wish": cells("nl", leader="both"),
    })  # fmt: skip
    filled(folder, "party", "en", {f"party:top {at}": cells("en", top="decides", hr="does")})
    word = engagement.words("da")
    filled(folder, "agreement", "da", {
        "pay.cases": {
            "decides": word("blueprint.actor.leader"), "does": word("blueprint.actor.pay"),
            "from": "1. marts", "yes-decides": "leder 3/2", "yes-does": "lønpartner 3/2",
            "needs": word("blueprint.needs.mandate"),
        },
        "care.environment": {
            "decides": word("blueprint.actor.top"), "does": word("blueprint.actor.hr"),
        },
    })  # fmt: skip
    filled(folder, "exchange", "da", {"": {
        "from": word("blueprint.actor.leader"), "to": word("blueprint.actor.hr"),
        "kind": word("blueprint.kind.less"), "see": "Færre skemaer", "return": "Svar samme dag",
        "yes-from": "ja 3/2", "yes-to": "ja 3/2",
    }})  # fmt: skip
    filled(folder, "gains", "da", {"party:hr own": {"gain": "Ro", "give": "Nærvær"}})
    answered(folder, 30)
    return folder


def answered(folder: Path, leaders: int) -> None:
    engagement = engagements.load(folder)
    rng, people, given = np.random.default_rng(1), [], []
    for i in range(leaders):
        people.append((f"{i:05d}", "w1", engagement.root.id, "leader", None, None))
        for question in engagement.instrument.questions("leader"):
            odds = {"nobody": 0.7, "leader": 0.3} if question.key == "pay.hours:decides" else {"leader": 0.5, "hr": 0.5}  # fmt: skip
            value = str(rng.choice(list(odds), p=list(odds.values())))
            given.append((f"{i:05d}", question.item.id, question.facet.id, value))
    with open_store(engagement) as store:
        store.add(tables(people, given))


def test_what_was_put_in_is_found_and_asked_for(played: Path) -> None:
    ctx = assess(played, language="da").context
    rules = {(one.task, one.rule) for one in found(sheets(ctx.records), list(SHORT.items), "now")}
    assert {("care.environment", "everyone-points-away"), ("pay.cases", "who")} <= rules
    assert [(one.item.id, one.kind) for one in unclear(ctx)] == [("pay.hours", "unclear")]
    made = {step.id: step for step in steps(ctx)}
    assert made["blueprint:change:pay.cases"].agreed
    assert made["blueprint:change:pay.cases"].owner == "pay"
    assert not made["blueprint:change:care.environment"].agreed
    # What all want alike, and nobody has settled, is the roadmap's as well.
    follow = next(one.name for one in tasks(SHORT, ctx.words) if one.id == "results.follow")
    assert follow in made["blueprint:wish:results.follow"].text
    assert ctx.words("blueprint.actor.leader") in made["blueprint:wish:results.follow"].text


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_in_each_language(played: Path, language: str) -> None:
    report = assess(played, language="da")
    words = report.engagement.words(language)
    spoken = dataclasses.replace(report, context=dataclasses.replace(report.context, words=words))
    with quick.undrawn():
        shown = spoken.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert headings[0] == words("blueprint.title.agreed", n=1)
    text = " ".join(
        plain(c) for b in walk(shown.blocks) if isinstance(b, Table) for row in b.rows for c in row
    )
    assert words("blueprint.rule.everyone-points-away") in text
    assert words("blueprint.grid.proposed") in text
    leader, hr = (words(f"blueprint.actor.{one}") for one in ("leader", "hr"))
    change = words("blueprint.compare.decides", list=f"{hr} → {leader}")
    assert change in text
    assert words("blueprint.wish.alike", n=2, decides=leader, does=leader) in text
    # § and nobody written down as heard.
    said = [b for b in walk(shown.blocks) if isinstance(b, Callout)]
    assert len(said) == 1
    (rows,) = shown.worksheets
    assert len(rows.rows) == 3


def test_the_workbook_has_further_tasks_some_of_which_ask_for_a_hearing(played: Path) -> None:
    engagement = engagements.load(played)
    found = tasks(engagement.instrument, engagement.words("nl"))
    assert len(found) == len({one.id for one in found}) == 14 + 16
    assert {one.id for one in found if one.rights} == {
        "pay.negotiation", "pay.hours", "pay.local", "care.environment", "care.dismissal",
    }  # fmt: skip


def test_the_report_of_the_whole_has_the_chapter_before_anybody_answered(tmp_path: Path) -> None:
    whole = engaged(tmp_path / "nordby", "blueprint")
    answer(whole, {"leader": 12, "hr": 12}, lambda q, p: 3.4)
    word = engagements.load(whole / "blueprint").words("da")
    said = {"party:hr pay.cases now": {"hr": word("blueprint.mark.does")}}
    filled(whole / "blueprint", "party", "da", said)
    with quick.undrawn():
        shown = assess(whole, language="da").section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert word("blueprint.title.found", n=1) in headings


def test_a_party_changes_its_sheet_only_with_a_reason(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "blueprint") / "blueprint"
    word = engagements.load(folder).words("da")
    key = "party:hr pay.cases now"
    filled(folder, "party", "da", {key: {"hr": word("blueprint.mark.does")}})
    with pytest.raises(HrkitError, match="why what stands is changed"):
        filled(folder, "party", "da", {key: {"hr": word("blueprint.mark.both")}})
    again = {key: {"hr": word("blueprint.mark.both"), "reason": "Vi havde glemt mandatet"}}
    filled(folder, "party", "da", again)
    with open_records(engagements.load(folder)) as keeper:
        (one,) = keeper.entries("line")
        assert [v.reason for v in keeper.history(one.id)] == ["", "Vi havde glemt mandatet"]


def test_an_agreement_without_anybody_who_does_it_is_refused_whole(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "blueprint") / "blueprint"
    word = engagements.load(folder).words("da")
    said = {
        "pay.cases": {"decides": word("blueprint.actor.hr")},
        "pay.hours": {
            "decides": word("blueprint.actor.hr"),
            "does": word("blueprint.actor.leader"),
        },
    }
    with pytest.raises(HrkitError, match="who decides and who does it"):
        filled(folder, "agreement", "da", said)
    assert not records_of(engagements.load(folder)).lines


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_each_sheet_is_one_page(played: Path, tmp_path: Path, language: str) -> None:
    for name in ("party", "meeting", "sign"):
        pdf = hrkit.sheet(played, name=name, language=language, output=tmp_path)
        assert len(pages.pages_of(pdf)) == 1, name


@pytest.mark.parametrize("n", [4, 9])
def test_the_short_form_shows_nothing_below_ten(tmp_path: Path, n: int) -> None:
    folder = engaged(tmp_path / "nordby", "blueprint") / "blueprint"
    answered(folder, n)
    with quick.undrawn():
        assert not assess(folder).section("tools").blocks


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    """What sheets show is repeated with whose word it is; only leaders' shares are concluded from."""
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("blueprint") if key.startswith("blueprint.")}
    assert claimed <= own
    plain_ones = (
        "blueprint.actor.*", "blueprint.task.*", "blueprint.heard.*", "blueprint.mark.*", "blueprint.tense.*",
        "blueprint.column.*", "blueprint.kind.*", "blueprint.exchange.*", "blueprint.agreement.*",
        "blueprint.reps.*", "blueprint.needs.*", "blueprint.weight.*", "blueprint.form.*",
        "blueprint.title.*", "blueprint.lead", "blueprint.asked", "blueprint.none",
        "blueprint.first.*", "blueprint.shows", "blueprint.rule.*", "blueprint.compare.*",
        "blueprint.grid.*", "blueprint.wish.*", "blueprint.promise.*", "blueprint.short.title", "blueprint.short.item",
        "blueprint.short.none", "blueprint.short.note", "blueprint.short.decided",
        "blueprint.short.done", "blueprint.step.*", "blueprint.sheet.*", "blueprint.worksheet*",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []

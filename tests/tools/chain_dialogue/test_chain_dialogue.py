"""The chain dialogue: worked examples, its rate of false alarms, and the tool played whole."""

from __future__ import annotations

import dataclasses
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.blocks import Callout, Heading, Table, plain, walk
from hrkit.commands.sheet import sheet
from hrkit.disclosure.derived.frame import PAGE, certainty, difference, each, estimate
from hrkit.disclosure.derived.portions import portion, reaches
from hrkit.disclosure.released import Certainty, Score, Why, tidy
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.language import catalogue
from hrkit.model.wording import instrument_texts
from hrkit.tools import SECTIONS
from hrkit.tools.chain_dialogue.findings import LEAST_SHARE, apart, rooms, tagged, told
from hrkit.tools.chain_dialogue.sections import CLAIMS
from tests import pages, quick
from tests.tools.played import engaged

DIALOGUE = instruments.load("chain-dialogue")


def score(mean: float, n: int = 16, variance: float = 0.8) -> Score:
    return Score("x", "org", "leader", Why.SHOWN, n, mean, spread=tidy(variance**0.5))


def test_what_is_asked() -> None:
    assert len(list(DIALOGUE.questions("leader"))) == 20
    assert len(rooms(DIALOGUE)) == 3
    for tag in ("steering", "leading", "told", "heard"):
        assert tagged(DIALOGUE, tag) is not None
    assert tagged(DIALOGUE, "nothing") is None


def test_sixteen_leaders_who_talk_of_budgets() -> None:
    assert apart(score(4.1), score(2.3))  # 3.6 to 4.6 against 1.8 to 2.8
    assert not apart(score(3.4), score(2.9))
    assert not apart(score(2.3), score(4.1))
    assert not apart(score(4.1), Score("x", "org", "leader", Why.SMALL))


def test_a_room_that_nine_of_twenty_need_is_named_and_one_that_three_need_is_not() -> None:
    for k, low, high, named in ((9, 26, 66, True), (3, 5, 36, False)):
        assert [round(100 * end) for end in portion(k / 20, 20)] == [low, high]
        assert reaches(k / 20, 20, LEAST_SHARE, each(PAGE, 3)) is named


def test_two_tiers_that_are_nine_tenths_apart_are_told_with_care_at_most() -> None:
    upper, lower = (estimate(score(mean, n)) for mean, n in ((3.3, 9), (2.4, 14)))
    assert upper is not None and lower is not None
    alone = difference(upper, lower, PAGE)
    # Half a step for the rounding of printed means: a little wider than (-1.69; -0.11).
    assert round(alone.value, 1) == -0.9 and alone.low < -1.69 and -0.11 < alone.high < 0
    assert certainty(upper, lower, 1, clear=True) is Certainty.TENDS
    assert certainty(upper, lower, 7) is Certainty.UNKNOWN  # seven statements of one pair of tiers


def test_two_questions_that_are_alike_are_hardly_ever_told_apart() -> None:
    rng, wrong, times = np.random.default_rng(5), 0, 2000
    for _ in range(times):
        both = np.clip(np.rint(rng.normal(3.2, 0.95, (20, 2))), 1, 5)
        one, other = (score(tidy(both[:, i].mean()), 20, both[:, i].var(ddof=1)) for i in (0, 1))
        wrong += apart(one, other, each(PAGE, 2))
    assert wrong / times <= 0.025


# ------------------------------------------------------------------------------ played whole


def answered(folder: Path, leaders: int = 42) -> None:
    """Budgets fill the talks, a room among peers is missing, what is said gets no answer; the last tier stands low."""
    engagement = engagements.load(folder)
    rng, people, given = np.random.default_rng(3), [], []
    steering, leading, said, heard = (
        tagged(engagement.instrument, tag).item.id
        for tag in ("steering", "leading", "told", "heard")
    )
    means = {steering: 4.5, leading: 2.0, said: 4.4, heard: 2.4}
    peers = rooms(engagement.instrument)[1].item.id
    way_down = engagement.instrument.dimensions[0].id
    for i in range(leaders):
        key, tier = f"{i:05d}", str(2 + i % 2)
        people.append((key, "w1", engagement.root.id, "leader", tier, None))
        for question in engagement.instrument.questions("leader"):
            item, scale = question.item, question.facet.scale
            if scale.kind == "text":
                continue
            if scale.kind == "category":
                odds = [0.2, 0.1, 0.1, 0.6] if item.id == peers else [0.4, 0.3, 0.25, 0.05]
                value = str(rng.choice([one.value for one in scale.choices], p=odds))
            else:
                mean = means.get(item.id, 3.3)
                mean -= 1.2 if tier == "3" and item.section == way_down else 0
                mean = 6 - mean if item.reversed else mean
                value = str(int(np.clip(np.rint(mean + rng.normal(0, 0.6)), 1, 5)))
            given.append((key, item.id, question.facet.id, value))
    with open_store(engagement) as store:
        store.add(tables(people, given))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = engaged(tmp_path_factory.mktemp("chain") / "nordby", "chain-dialogue")
    answered(folder / "chain-dialogue")
    return folder / "chain-dialogue"


def test_what_was_put_in_is_found(played: Path) -> None:
    found = told(assess(played).context, "leader")
    assert found.steering is not None
    assert found.unheard is not None
    assert [one.item.id for one in found.missing] == [rooms(DIALOGUE)[1].item.id]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_and_sheet_in_each_language(played: Path, language: str) -> None:
    found = assess(played, language="da")
    words = found.engagement.words(language)
    spoken = dataclasses.replace(found, context=dataclasses.replace(found.context, words=words))
    with quick.undrawn():
        shown = spoken.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert headings[0] == words("dialogue.title.steering")
    down = spoken.context.name(DIALOGUE.dimensions[0])
    assert any(down in one for one in headings[1:])  # the tiers, where they may be shown
    assert any(isinstance(b, Table) for b in walk(spoken.tool_sheet("pair").blocks))
    names = {one.name for one in shown.worksheets}
    assert words("dialogue.worksheet") in names
    # The report's own sheets stand in the same workbook.
    assert not names & {words(k) for k in catalogue() if k.startswith("appendix.sheet.")}


def test_tiers_of_which_no_two_have_a_figure_on_one_dimension_have_no_sheet(played: Path) -> None:
    """A figure of one tier alone made the report end in an error."""
    part = assess(played, language="da").context
    kept: dict[str, str] = {}
    scores = tuple(
        s for s in part.released.scores
        if "/" not in s.group or kept.setdefault(s.measure, s.group) == s.group
    )  # fmt: skip
    alone = dataclasses.replace(part, released=dataclasses.replace(part.released, scores=scores))
    with quick.undrawn():
        (chapter,) = SECTIONS["tools"].chapters(alone)
    name = alone.words("dialogue.worksheet_tiers")
    assert chapter.worksheets and name not in [sheet.name for sheet in chapter.worksheets]


def test_the_sheet_is_one_page(played: Path) -> None:
    assert len(pages.pages_of(sheet(played, name="pair"))) == 1


def test_four_leaders_are_not_shown(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "chain-dialogue")
    answered(folder / "chain-dialogue", leaders=4)
    with quick.undrawn():
        shown = assess(folder / "chain-dialogue").section("tools")
    assert any(isinstance(b, Callout) for b in walk(shown.blocks))
    assert not any(isinstance(b, Table) for b in walk(shown.blocks))
    assert not shown.worksheets


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("chain-dialogue") if key.startswith("dialogue.")}
    assert claimed <= own
    plain_ones = (
        "dialogue.title.none", "dialogue.title.hidden", "dialogue.lead", "dialogue.hidden",
        "dialogue.none", "dialogue.talk", "dialogue.room", "dialogue.ways", "dialogue.statement",
        "dialogue.words", "dialogue.note", "dialogue.sheet.*", "dialogue.worksheet*", "dialogue.step.*",
        "dialogue.agreed.*",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []

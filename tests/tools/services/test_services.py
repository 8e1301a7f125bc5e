"""The service check: worked examples, its rate of false alarms, and the tool played whole."""

from __future__ import annotations

import dataclasses
import re
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.assessment.assessment import assess
from hrkit.blocks import Callout, Figure, Heading, Table, plain, walk
from hrkit.commands.sheet import sheet
from hrkit.disclosure.derived.frame import PAGE, each
from hrkit.disclosure.derived.portions import chosen, portion, reaches
from hrkit.disclosure.released import Score, Share, Why, tidy
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments
from hrkit.model.wording import instrument_texts
from hrkit.publish.fonts import folders
from hrkit.records.values import OpenLine, Records
from hrkit.tools.services.chart import _apart
from hrkit.tools.services.claims import CLAIMS
from hrkit.tools.services.findings import (
    LEAST_SHARE,
    Quadrant,
    believed,
    first,
    line_of,
    page,
    quadrant,
    services,
)
from hrkit.tools.services.names import short, users
from hrkit.tools.services.sections import _title, steps
from tests import pages, quick
from tests.tools.played import engaged, page_rate

CHECK = instruments.load("services")
#: What the letter of pages and charts can write.
LETTERS = set(TTFont(next(folders()[0].rglob("Lato-Regular*"))).getBestCmap())


def score(mean: float, n: int = 20, variance: float = 0.9) -> Score:
    return Score("x", "org", "leader", Why.SHOWN, n, mean, spread=tidy(variance**0.5))


def test_two_dozen_services_of_four_facets_and_four_open_questions() -> None:
    asked = services(CHECK)
    assert len(asked) == 24
    assert len(CHECK.items) - len(asked) == 4
    assert sum(one.duty for one in asked) == 4


@pytest.mark.parametrize(
    ("importance", "satisfaction", "found"),
    [
        (4.4, 2.8, Quadrant.IMPROVE),
        (4.2, 3.3, Quadrant.LINE),  # 2.86 to 3.74: it may be good enough
        (4.4, 4.3, Quadrant.KEEP),
        (3.0, 4.3, Quadrant.LIGHTEN),
        (3.0, 2.8, Quadrant.ASK),
        (3.7, 2.8, Quadrant.LINE),
    ],
)
def test_a_quadrant_only_where_both_whole_intervals_clear(
    importance: float, satisfaction: float, found: Quadrant
) -> None:
    assert quadrant(score(importance), score(satisfaction), 3.7) is found


def test_nothing_is_placed_without_both_means() -> None:
    nothing = Score("x", "org", "leader", Why.SMALL)
    assert quadrant(nothing, score(2.0), 3.7) is Quadrant.LINE
    assert line_of([nothing]) is None
    assert line_of([score(3.0), nothing, score(4.0)]) == 3.5


@pytest.mark.parametrize(
    ("k", "n", "named"),
    [(11, 24, True), (10, 24, True), (5, 24, False), (9, 20, True), (3, 20, False)],
)
def test_a_share_is_named_where_its_lower_end_reaches_a_fifth(k: int, n: int, named: bool) -> None:
    low, high = portion(round(k / n, 2), n)
    assert (low >= LEAST_SHARE) is named
    assert low < k / n < high


def test_a_share_given_together_with_others_has_none_of_its_own() -> None:
    share = Share(
        "x:use",
        "leader",
        Why.SHOWN,
        20,
        ("often", "unknown"),
        (0.4, 0.45),
        ("needed", "no-need"),
        0.15,
    )
    assert chosen(share, "unknown") == 0.45
    assert chosen(share, "needed") is None
    assert chosen(share, "sometimes") == 0.0
    assert chosen(Share("x:use", "leader", Why.SMALL), "often") is None


def test_hardly_a_page_places_a_service_that_lies_on_both_lines() -> None:
    rng, strict, times, wrong = np.random.default_rng(2), each(PAGE, 48), 200, 0
    for _ in range(times):
        some = False
        for _ in range(24):
            importance = np.clip(np.rint(rng.normal(3.7, 1.0, 30)), 1, 5).mean()
            satisfaction = np.clip(np.rint(rng.normal(3.5, 1.0, 30)), 1, 5).mean()
            placed = quadrant(
                score(tidy(importance), 30, 1.0), score(tidy(satisfaction), 30, 1.0), 3.7, strict
            )
            some = some or placed is not Quadrant.LINE
        wrong += some
    assert wrong / times <= 0.05


@pytest.mark.parametrize("n", range(10, 80))
def test_hardly_a_page_names_a_share_where_a_fifth_choose_it(n: int) -> None:
    strict = each(PAGE, 48)
    rate = page_rate(lambda share, n: reaches(share, n, LEAST_SHARE, strict), n, LEAST_SHARE, 48)
    assert rate <= PAGE


def test_marks_never_lie_on_each_other() -> None:
    points = [(3.0, 2.0)] * 6 + [(3.05, 2.0), (0.0, 0.0), (0.02, 0.01)]
    moved = _apart(points, 5.8, 3.7)
    for i, one in enumerate(moved):
        assert 0 <= one[0] <= 5.8 and 0 <= one[1] <= 3.7
        for other in moved[i + 1 :]:
            assert np.hypot(one[0] - other[0], one[1] - other[1]) >= 0.2


# ------------------------------------------------------------------------------ played whole


def answered(folder: Path, leaders: int = 40, hr: int = 12) -> None:
    """The first service matters and is poor, the second is good, the third unknown; HR sees the first as good."""
    engagement = engagements.load(folder)
    rng, people, given = np.random.default_rng(1), [], []
    order = [one.item.id for one in services(engagement.instrument)]
    for perspective, n in (("leader", leaders), ("hr", hr)):
        for _ in range(n):
            key = f"{len(people):05d}"
            people.append((key, "w1", engagement.root.id, perspective, None, None))
            for question in engagement.instrument.questions(perspective):
                scale = question.facet.scale
                if scale.kind == "text":
                    continue
                at = order.index(question.item.id)
                if question.facet.id == "use":
                    odds = [0.1, 0.1, 0.1, 0.1, 0.6] if at == 2 else [0.4, 0.3, 0.02, 0.26, 0.02]
                    value = str(rng.choice([one.value for one in scale.choices], p=odds))
                else:
                    means = {0: (4.6, 2.2, 2.0), 1: (4.6, 4.5, 4.2)}.get(at, (3.4, 3.5, 3.6))
                    mean = means[("importance", "satisfaction", "fit").index(question.facet.id)]
                    mean += (
                        1.8
                        if perspective == "hr" and at == 0 and question.facet.id != "importance"
                        else 0
                    )
                    value = str(int(np.clip(np.rint(mean + rng.normal(0, 0.7)), 1, 5)))
                given.append((key, question.item.id, question.facet.id, value))
    with open_store(engagement) as store:
        store.add(tables(people, given))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = engaged(tmp_path_factory.mktemp("services") / "nordby", "services")
    answered(folder / "services")
    return folder / "services"


def test_what_was_put_in_is_found(played: Path) -> None:
    ctx = assess(played, language="da").context
    found = page(ctx, "leader")
    assert [one.asked.item.id for one in first(found, Quadrant.IMPROVE) if one.sure] == [
        found[0].asked.item.id
    ]
    assert found[1].quadrant is Quadrant.KEEP and found[1].sure
    assert [i for i, one in enumerate(found) if "unknown" in one.told] == [2]
    assert [i for i, one in enumerate(found) if "misfit" in one.told] == [0]
    told = {key for key, (_, sure) in believed(ctx, "leader", "hr").items() if sure}
    assert told == {(found[0].asked.item.id, facet) for facet in ("satisfaction", "fit")}
    # Each is a row: what the leaders say beside what HR believes.
    words = ctx.words
    (table,) = [
        b
        for b in walk(assess(played, language="da").section("tools").blocks)
        if isinstance(b, Table) and b.summary == words("services.believed")
    ]
    facets = [words(f"services.facet.{facet}") for facet in ("satisfaction", "fit")]
    assert [row[1] for row in table.rows] == facets
    for row, facet in zip(table.rows, ("satisfaction", "fit"), strict=True):
        key = getattr(found[0].asked, facet)
        assert row[2:] == tuple(ctx.mean(ctx.score(key, g)) for g in ("leader", "hr"))


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_chapter_and_sheets_in_each_language(played: Path, language: str) -> None:
    found = assess(played, language="da")
    words = found.engagement.words(language)
    spoken = dataclasses.replace(found, context=dataclasses.replace(found.context, words=words))
    shown = spoken.section("tools")
    headings = [plain(b.text) for b in walk(shown.blocks) if isinstance(b, Heading)]
    assert headings[0] in (
        words(
            "services.title.improve",
            n=1,
            service=spoken.context.wording(services(CHECK)[0].item).partition(":")[0],
        ),
    )
    listed = next(b for b in walk(shown.blocks) if isinstance(b, Table) and len(b.rows) == 24)
    assert len(listed.rows) == 24
    (drawn,) = (b for b in walk(shown.blocks) if isinstance(b, Figure))
    assert drawn.plots[0].categories == tuple(str(i) for i in range(1, 25))
    # A sign that the page's letter does not have would set the whole name in another one.
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", drawn.svg)
    assert words("services.map.x") in texts
    assert [one for one in texts if not {ord(sign) for sign in one} <= LETTERS] == []
    (rows,) = shown.worksheets
    assert len(rows.rows) == 24
    for name in ("decide", "catalogue"):
        assert any(isinstance(b, Table) for b in walk(spoken.tool_sheet(name).blocks))


@pytest.mark.parametrize("name", ["unknown", "needed", "misfit"])
def test_the_title_says_what_the_page_tells(played: Path, name: str) -> None:
    """Where one service alone is told of, in whatever way, no title says that nothing can be told."""
    ctx = assess(played, language="en").context
    plain_ = [dataclasses.replace(o, told=frozenset(), sure=False) for o in page(ctx, users(ctx))]
    assert _title(ctx, plain_) == ctx.words("services.title.none")
    one = dataclasses.replace(plain_[3], told=frozenset({name}))
    title = _title(ctx, [*plain_[:3], one, *plain_[4:]])
    assert title == ctx.words(f"services.title.{name}", n=1, service=short(ctx, one))


def test_what_is_told_is_asked_of_the_head_of_hr(played: Path) -> None:
    made = steps(assess(played, language="da").context)
    assert {step.id.split(":")[1] for step in made} == {"improve", "unknown"}
    assert {step.owner for step in made} == {"hr_head"}


def test_of_a_service_on_which_the_meeting_decided_nothing_else_is_asked(played: Path) -> None:
    ctx = assess(played, language="da").context
    (poor,) = [o.asked.item.id for o in first(page(ctx, "leader"), Quadrant.IMPROVE) if o.sure]
    said = (("decision", "stop"), ("who", "HR-chefen"), ("by", "2027-03-01"))
    kept = Records(lines=(OpenLine("services", "decide", "w1", poor, said=said),))
    made = steps(dataclasses.replace(ctx, records=kept))
    assert [one.id for one in made if one.id.endswith(poor)] == [f"services:decide:{poor}"]
    assert made[0].agreed and f"services:improve:{poor}" in {one.id for one in steps(ctx)}


def test_the_page_for_leaders_is_one_page(played: Path) -> None:
    for name in ("catalogue", "decide"):
        assert len(pages.pages_of(sheet(played, name=name))) == 1


def test_a_duty_is_never_among_those_that_could_stop(played: Path) -> None:
    ctx = assess(played).context
    asked = [one for one in services(CHECK) if one.duty]
    poor = [
        dataclasses.replace(page(ctx, "leader")[3], asked=one, quadrant=Quadrant.ASK, sure=True)
        for one in asked
    ]
    assert not first(poor, Quadrant.ASK)


def test_four_leaders_are_not_shown(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "services")
    answered(folder / "services", leaders=4, hr=8)
    with quick.undrawn():
        shown = assess(folder / "services").section("tools")
    assert any(isinstance(b, Callout) for b in walk(shown.blocks))
    assert not any(isinstance(b, (Table, Figure)) for b in walk(shown.blocks))
    assert not shown.worksheets


def test_nine_leaders_have_means_and_no_shares(tmp_path: Path) -> None:
    folder = engaged(tmp_path / "nordby", "services")
    answered(folder / "services", leaders=9, hr=0)
    found = page(assess(folder / "services").context, "leader")
    assert any(one.importance.shown for one in found)
    assert all(one.unknown is None and one.needed is None for one in found)


def test_what_the_chapter_claims_is_in_the_catalogue_and_the_rest_claims_nothing() -> None:
    claimed = {key for claim in CLAIMS for key in claim.texts}
    own = {key for key in instrument_texts("services") if key.startswith("services.")}
    assert claimed <= own
    plain_ones = (
        "services.title.none", "services.title.hidden", "services.lead", "services.group.*",
        "services.told.item", "services.none", "services.hidden", "services.map.*",
        "services.table.*", "services.believed", "services.believed_none", "services.believed_question", "services.catalogue.*", "services.decide.*",
        "services.worksheet*", "services.facet.*", "services.step.*",
    )  # fmt: skip
    assert [k for k in own - claimed if not any(fnmatchcase(k, one) for one in plain_ones)] == []

"""No section prints a claim that is not in the catalogue, and none without what carries it."""

from __future__ import annotations

import dataclasses
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import pytest

from hrkit import kit, synthetic
from hrkit.model import instrument_file as instruments
from hrkit.model.language import Words, catalogue
from hrkit.model.languages import codes
from hrkit.model.wording import instrument_texts
from hrkit.report.claims import CLAIMS, claimed
from hrkit.report.conclusions import made
from hrkit.report.handouts.own import own_sheet
from hrkit.report.handouts.unit import unit_sheet
from hrkit.tools import SECTIONS
from hrkit.tools.partnership.conversation import conversation_sheet

#: Charts say their texts; nobody looks at the picture.
pytestmark = pytest.mark.usefixtures("undrawn")

NO_CLAIM = tuple(
    line
    for line in Path(__file__).with_name("no_claim.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
#: Printed for every side or unit alike, or only where a profile asks for it: no rule to hold.
ALWAYS = {"level"}
#: What instruments of the kit say anew of what claims nothing; read each before it is added here.
SAID_ANEW = {
    "partnership": {
        "report.reading.lead", "report.reading.gap", "report.reading.levels_name",
        "report.reading.levels_carries", "report.gaps.title", "sections.pillars.title",
        "sections.pillars.title_n", "sections.pillars.about", "sections.pillars.about_n",
        "sections.glossary.terms.perspective.text", "sections.glossary.terms.level.text",
        "sections.glossary.terms.pillar.text", "sheets.unit.lead", "sheets.unit.everywhere",
        "sheets.unit.answered", "sheets.unit.help", "sheets.employees.lead",
    },
}  # fmt: skip

#: What is asked, as letters and papers say it before anybody answers: of no result.
ASKED = {"letters.about", "letters.question"}

# Charts say their texts; nobody looks at the picture.
pytestmark = pytest.mark.usefixtures("undrawn")


class Recording(Words):
    """Words that remember which texts were asked for."""

    seen: set[str] = set()  # noqa: RUF012

    def __call__(self, key, /, **fields):
        self.seen.add(key)
        return super().__call__(key, **fields)


def printed(ctx):
    """Keys of every text that any section or sheet prints of a context."""
    Recording.seen = set()
    ctx = dataclasses.replace(ctx, words=Recording(ctx.words.language, ctx.words.entries))
    for section in SECTIONS.values():
        section.chapters(ctx)
    if ctx.instrument.dimensions:
        for unit in ctx.engagement.units:
            unit_sheet(ctx, unit.id)
        for section in ctx.instrument.dimensions[:2]:
            for side in ctx.instrument.sides[:1]:
                conversation_sheet(ctx, section.id, side)
        if ctx.instrument.sides:
            own_sheet(ctx, "pair")
    return frozenset(Recording.seen)


@pytest.fixture(scope="module")
def effects(claims, client):
    """Contexts of made-up organisations in which everything differs, or nothing does."""
    context = client("firm", "en").context
    slope = tuple(np.linspace(-1.2, 0.9, 9))
    worlds = {
        "steep": claims.World({"": 3.6, "hr": 4.3}, {"": 0.6}, added={"": slope}),
        "opposed": claims.World({"": 1.7, "hr": 4.4}, {"": 0.5}),
        "scattered": claims.World({"": 2.0}, {"": 0.4}, steps=(0.2, 0.5)),
        "high": claims.World({"": 4.6}, {"": 0.4}),
        # Everybody wants the first now, and what stood last before.
        "wanted": dataclasses.replace(claims.World.of(3.5, 0.8), importance=(7.0, *(3.5,) * 8)),
        "worded": dataclasses.replace(claims.World.of(3.0, 0.6), statements=0.9),
        "units": claims.World({"": 2.0}, {"": 0.4}, steps=(0.15, 0.0)),
        "nothing": claims.World.of(3.5, 0.8),
    }
    found = {}
    for name, world in worlds.items():
        size = claims.SIZES[4 if name == "units" else 3]
        engagement, _ = claims.place(size)
        before = claims.released(
            size, claims.answered(size, worlds["nothing"], np.random.default_rng(3))
        )
        for wave in ("w0", "w1"):
            engagement = (
                engagement
                if any(w.id == wave for w in engagement.waves)
                else (
                    dataclasses.replace(
                        engagement,
                        waves=(
                            dataclasses.replace(engagement.waves[0], id=wave),
                            *engagement.waves,
                        ),
                    )
                )
            )
        before = (dataclasses.replace(before[0], wave="w0"), before[1])
        rng = np.random.default_rng(4)
        released, _ = claims.released(size, claims.answered(size, world, rng), before)
        found[name] = dataclasses.replace(context, engagement=engagement, released=released)
    return found


def unknown(keys):
    return sorted(
        key for key in keys if not claimed(key) and not any(fnmatchcase(key, o) for o in NO_CLAIM)
    )


@pytest.mark.parametrize("language", codes())
@pytest.mark.parametrize("name", synthetic.CLIENTS)
def test_every_text_of_every_client_is_a_claim_or_none(client, name, language):
    ctx = client(name, language).context
    if language not in ctx.instrument.languages:
        pytest.skip("the instrument has no such language")
    keys = printed(ctx)
    found = unknown(keys)
    assert found == [], "\n".join(found)
    carried(ctx, keys)


@pytest.mark.parametrize("name", ["steep", "opposed", "scattered", "high", "wanted", "nothing"])
def test_every_text_of_a_strange_client_is_a_claim_or_none(effects, name):
    keys = printed(effects[name])
    found = unknown(keys)
    assert found == [], "\n".join(found)
    carried(effects[name], keys)


def test_where_everything_differs_every_kind_of_claim_is_made(effects):
    kinds = set()
    for ctx in effects.values():
        kinds |= {one.claim for one in made(ctx.released, ctx.instrument, ctx.root)}
    # The partnership rates nothing outside its dimensions, and made-up people answer with care; what
    # is said of many organisations is held in tests/portfolio/test_benchmark.py.
    together = {claim.id for claim in CLAIMS if claim.page in ("benchmark", "portfolio")}
    assert kinds == {claim.id for claim in CLAIMS} - ALWAYS - {"ratings", "care"} - together


def carried(ctx, keys):
    """What is printed follows from the tables, and what follows from them is printed."""
    follows = {one.claim for one in made(ctx.released, ctx.instrument, ctx.root)}
    for key in keys:
        assert not claimed(key) or set(claimed(key)) & (follows | ALWAYS), key
    said = {id for key in keys for id in claimed(key)}
    # A page tells of the first side only, and of change in the sides.
    told_in_part = {"statements", "ratings", "change.tends", "change.clear"}
    assert follows - said <= told_in_part


def test_no_text_is_both_and_every_pattern_is_one_of_the_kits_texts():
    known = set(catalogue()) | {"talk.x", "said.x"}
    for claim in CLAIMS:
        for pattern in claim.texts:
            assert any(fnmatchcase(key, pattern) for key in known), pattern
            assert pattern not in NO_CLAIM
    stray = [p for p in NO_CLAIM if "*" not in p and p not in known]
    assert stray == []
    assert [key for key in known if claimed(key) and key in NO_CLAIM] == []


def test_every_text_of_pages_and_sheets_is_a_claim_or_none_printed_or_not():
    pages = ("report", "sections", "sheets", "general", "response", "appendix", "benchmark")
    assert unknown(key for key in catalogue() if key.partition(".")[0] in pages) == []


def said_by():
    """The instruments of the kit that say anything in words of their own; a tool of tomorrow is one by its folder."""
    folders = [p.parent for p in (kit.templates() / "tools").glob("*/texts.yml")]
    # A tool that asks nobody has words of its own only; its tests hold what it claims.
    return {p.name for p in folders if (p / f"{p.name}.yml").is_file()} | {"partnership"}


@pytest.mark.parametrize("tool", sorted(said_by()))
def test_an_instrument_says_no_claim_in_words_that_no_rule_carries(tool):
    """A text of the instrument's own is printed under the kit's rule, whatever it says itself."""
    own, kits = set(instrument_texts(tool)), set(catalogue())
    leaders = {"letters.leaders"} if tool == "partnership" else set()
    assert own & kits == SAID_ANEW.get(tool, set()) | leaders | ASKED
    assert [key for key in own & kits if claimed(key)] == []
    # And none that nothing asks for: it would be printed the day that something does.
    dimensions = [s.id for s in instruments.load(tool).dimensions]
    free = [f"talk.dimensions.{id}.*" for id in dimensions]
    free += [f"sections.units.short.{id}" for id in dimensions]
    # Held by the tests of the tool.
    own_key = tool.removeprefix("chain-").removesuffix("-leader").replace("preparation", "prepare")
    free += [f"{own_key}.*"]
    free += ["report.cover.title", "report.profile.about.*", "sections.glossary.terms.pair.*"]
    assert [key for key in own - kits if not any(fnmatchcase(key, one) for one in free)] == []


def test_all_instruments_of_the_kit_are_looked_at():
    assert set(SAID_ANEW) <= said_by()


def test_a_new_text_is_noticed():
    assert unknown(["report.summary.head.best_of_all"]) == ["report.summary.head.best_of_all"]

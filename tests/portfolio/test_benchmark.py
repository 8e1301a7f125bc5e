"""A benchmark as it is issued, kept, printed and told: the store, both reports, published norms, the command."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib.util
import json
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from hrkit import kit, synthetic
from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Block, Table, plain, to_json, walk
from hrkit.commands.batch import batch
from hrkit.commands.benchmark import Brought, benchmark
from hrkit.commands.benchmark_steps import bring
from hrkit.commands.benchmark_steps import decide as decide_together
from hrkit.commands.report import report
from hrkit.disclosure.portfolio.apart import apart
from hrkit.disclosure.portfolio.decide import (
    DecidedNorms,
    compared_with,
    decide,
    scales_of,
    standing,
)
from hrkit.disclosure.portfolio.entries import BroughtIn, entry_from_json, entry_of, entry_to_json
from hrkit.disclosure.released import (
    LEAST,
    Certainty,
    compared_from_json,
    compared_to_json,
)
from hrkit.errors import HrkitError, PublishError, StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model.language import Words
from hrkit.model.languages import codes
from hrkit.model.norms import published
from hrkit.portfolio.issued import FILE, benchmarks_of, open_benchmarks
from hrkit.portfolio.own import PARTS, PortfolioReport
from hrkit.portfolio.schema import TABLES
from hrkit.report.claims import claimed
from hrkit.report.sections.benchmark import benchmark as page
from hrkit.report.sections.benchmark import places_of
from hrkit.storage.migrations import latest, upgrade
from hrkit.synthetic.portfolio import portfolio_entries
from tests.cli import test_cluster
from tests.report.test_claims import Recording, unknown

pytestmark = pytest.mark.usefixtures("undrawn")

cluster = test_cluster.dask

HERE = Path(__file__).parent
DAY = dt.date(2026, 11, 21)
CSPS = "csps-2023.csv"


@pytest.fixture(scope="module")
def firm(client) -> Assessment:
    """A made-up client whose page is looked at."""
    return client("municipality", "en")


@pytest.fixture(scope="module")
def entries(firm) -> tuple[BroughtIn, ...]:
    """Fourteen made-up organisations, the firm beside them."""
    there = portfolio_entries(firm.context.instrument, "w1")
    return (*there, entry_of(firm.engagement, "w1", firm.released))


@pytest.fixture(scope="module")
def found(firm, entries) -> DecidedNorms:
    made = decide(entries, scales_of(firm.context.instrument), (), "w1")
    norms = dataclasses.replace(made.issued.norms, number=1, day=DAY)
    return dataclasses.replace(made, issued=dataclasses.replace(made.issued, norms=norms))


def client_page(firm: Assessment, found: DecidedNorms, language: str, words: type[Words] = Words):
    said = firm.engagement.words(language)
    norms, _ = published(HERE, CSPS)
    return dataclasses.replace(
        firm.context,
        compared=compared_with(found.issued, firm.engagement.id),
        words=words(language, said.entries),
        engagement=dataclasses.replace(firm.engagement, norms=norms),
    )


def text(blocks: tuple[Block, ...]) -> str:
    return json.dumps(to_json(blocks), ensure_ascii=False)


def portfolio_report(firm, entries, found, language: str) -> PortfolioReport:
    return PortfolioReport(
        firm.engagement, entries, found, language, {"broken-one": "cannot be used"}
    )


@pytest.mark.parametrize("language", codes())
def test_a_clients_page_names_no_other_organisation(firm, entries, found, language) -> None:
    ctx = client_page(firm, found, language)
    blocks = page(ctx)
    told = text(blocks)
    assert [one.client for one in entries[:-1] if f'"{one.client}' in told] == []
    tables = [block for block in walk(blocks) if isinstance(block, Table)]
    assert len(tables) == len(firm.context.instrument.sides) + 1
    # What was published elsewhere stands apart, by its own name and source, and with its own unit.
    assert "Civil Service People Survey" in told and "OGL v3" in told and "% positive" in told
    assert all("%" not in plain(row[1]) for table in tables[:-1] for row in table.rows)
    sure = [one for one in places_of(ctx) if one.certainty is not Certainty.UNKNOWN]
    for one in sure:
        assert one.below is None or (one.below >= 50 if one.higher else one.above <= 50)
    for one in places_of(ctx):
        if one.certainty is Certainty.UNKNOWN and one.below is not None:
            assert one.below <= 50 <= one.above


@pytest.mark.parametrize("language", codes())
def test_the_consultants_report_is_marked_on_every_part(firm, entries, found, language) -> None:
    made = portfolio_report(firm, entries, found, language)
    shown = [made.part(name) for name in PARTS]
    mark = made.words("benchmark.own.short")
    assert all(mark in one.mark and one.stamp["state"] == "final" for one in shown)
    told = text(tuple(block for one in shown for block in one.blocks))
    assert all(f'"{one.client}"' in told for one in entries)
    assert '"broken-one"' in told
    names = [sheet.name for one in shown for sheet in one.worksheets]
    assert len(names) == len(set(names)) == 5
    with pytest.raises(HrkitError, match="no part"):
        made.part("middle")


def test_every_text_of_both_is_a_claim_that_follows_or_none(firm, entries, found) -> None:
    Recording.seen = set()
    page(ctx := client_page(firm, found, "en", Recording))
    said = {id for key in Recording.seen for id in claimed(key)}
    sure = any(one.certainty is not Certainty.UNKNOWN for one in places_of(ctx))
    assert unknown(Recording.seen) == [] and said == ({"place"} if sure else set())

    Recording.seen = set()
    made = portfolio_report(firm, entries, found, "en")
    made.__dict__["words"] = Recording("en", made.words.entries)
    for name in PARTS:
        made.part(name)
    said = {id for key in Recording.seen for id in claimed(key)}
    follows = {"portfolio.apart"} if any(one.found.differ for one in made.apart) else set()
    if any(s.certainty is not Certainty.UNKNOWN for one in made.apart for s in one.standings):
        follows.add("portfolio.standing")
    assert unknown(Recording.seen) == [] and said == follows == {
        "portfolio.apart",
        "portfolio.standing",
    }


def test_too_few_are_told_in_one_sentence(firm, entries) -> None:
    few = entries[-5:]
    made = decide(few, scales_of(firm.context.instrument), (), "w1")
    assert not made.enough
    ctx = client_page(firm, made, "en")
    (said,) = [b for b in page(ctx) if b.type == "callout"]
    assert str(LEAST) in plain(said.text)
    assert portfolio_report(firm, few, made, "da").part("back").blocks[-1].type == "callout"
    assert page(firm.context) == ()


def test_what_crosses_is_read_back_as_it_was(entries, found) -> None:
    for one in (entries[0], entries[-1]):
        assert entry_from_json(json.loads(json.dumps(entry_to_json(one)))) == one
    told = compared_with(found.issued, entries[-1].organisation)
    assert told.own
    assert compared_from_json(json.loads(json.dumps(compared_to_json(told)))) == told


def test_shrunken_means_agree_with_a_closed_form(entries) -> None:
    """Of organisations of one size REML has the variances of an analysis of variance (Searle et al. 1992)."""
    n, spread = 25, 0.8
    same = [
        dataclasses.replace(
            one,
            figures=tuple(
                dataclasses.replace(s, n=n, spread=spread, units=None) for s in one.figures
            ),
        )
        for one in entries
    ]
    for one in apart(same):
        means = np.array([s.mean for s in one.standings])
        within = spread**2
        between = max(0.0, means.var(ddof=1) - within / n)
        weight = between / (between + within / n)
        for s in one.standings:
            expected = weight * s.mean + (1 - weight) * means.mean()
            assert s.shrunken == pytest.approx(expected, abs=0.051)
            assert s.marked == (weight < 0.9)
        assert one.between == pytest.approx(between**0.5, abs=0.051)


@pytest.fixture(scope="module")
def simulated() -> ModuleType:
    place = Path(__file__).parents[2] / "benchmarks" / "portfolio.py"
    spec = importlib.util.spec_from_file_location("benchmarks_portfolio", place)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_page_without_any_difference_names_one_rarely(simulated) -> None:
    """5 % is allowed; of sixty pages eight or more would be seen by chance once in 2,000 times."""
    count, sizes = simulated.CASES["14 of all sizes"]
    rng = np.random.default_rng(1)
    assert simulated.place_rate(count, 0.2, sizes, 60, rng) < 8 / 60


def test_a_benchmark_is_kept_with_whom_it_was_shown_to(firm, entries, tmp_path) -> None:
    scales = scales_of(firm.context.instrument)

    def issue(there: tuple[BroughtIn, ...], wave: str = "w1") -> DecidedNorms:
        with open_benchmarks(tmp_path) as kept:
            return kept.issue(there, wave, lambda before: decide(there, scales, before, wave), DAY)

    first = issue(entries[:12])
    assert first.issued.norms.number == 1 and first.issued.norms.day == DAY
    assert issue(entries[:12]).issued == first.issued
    # One more joins: what stands stands, and nothing new is issued.
    again = issue(entries[:13])
    stood = first.issued.members
    assert {key: again.issued.members[key] for key in stood} == stood
    assert again.waiting == (entries[12].organisation,)
    with open_benchmarks(tmp_path) as kept:
        kept.show(1, ["b", "a"], DAY)
        kept.show(1, ["a"], DAY + dt.timedelta(1))
        assert kept.shown_to(1) == ("a", "b")
    last = benchmarks_of(tmp_path)
    assert last is not None and last.issued == again.issued and len(last.entries) == 13
    assert standing(last.issued, last.entries).waiting == again.waiting
    later = tuple(dataclasses.replace(one, wave="w2") for one in entries[:12])
    assert issue(later, "w2").issued.norms.number == again.issued.norms.number + 1
    assert benchmarks_of(tmp_path, "w1").issued == again.issued
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("write", [True, False])
def test_a_folder_in_the_place_of_the_benchmarks_is_named(tmp_path, write: bool) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreError, match="is a folder"), open_benchmarks(tmp_path, write=write):
        pass


def test_a_store_of_another_kind_or_a_newer_one_is_refused(tmp_path) -> None:
    with pytest.raises(StoreError, match="hrkit benchmark"), open_benchmarks(tmp_path, write=False):
        pass
    with open_benchmarks(tmp_path):
        pass
    base = sqlite3.connect(tmp_path / FILE)
    with base:
        base.execute("UPDATE benchmarks_meta SET schema_version = 99")
    base.close()
    with pytest.raises(StoreError, match="newer"):
        benchmarks_of(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    base = sqlite3.connect(other / FILE)
    with base:
        base.execute("CREATE TABLE meta (id INTEGER)")
    base.close()
    with pytest.raises(StoreError, match="something else"), open_benchmarks(other):
        pass


def test_the_steps_make_the_tables_of_today() -> None:
    from sqlalchemy import create_engine, inspect

    def tables(make) -> Mapping[str, list[str]]:
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection)
            seen = inspect(connection)
            return {
                name: [f"{c['name']} {c['type']} {c['nullable']}" for c in seen.get_columns(name)]
                for name in sorted(seen.get_table_names())
            }

    assert latest(TABLES.steps) == TABLES.version
    by_steps = tables(lambda connection: upgrade(connection, TABLES.steps, 0))
    assert by_steps == tables(lambda connection: TABLES.prepare(connection, FILE))


def test_a_benchmark_of_before_means_had_an_error_stands_as_it_was_told(
    firm, entries, tmp_path
) -> None:
    """As the first tables kept it: rows without an error, and a version that is brought up to date when written."""
    scales = scales_of(firm.context.instrument)

    def again(earlier):
        return decide(entries, scales, earlier, "w1")

    with open_benchmarks(tmp_path) as kept:
        told = kept.issue(entries, "w1", again, DAY).issued
    assert told.errors.keys() == told.members.keys()
    base = sqlite3.connect(tmp_path / FILE)
    with base:
        (said,) = base.execute("SELECT members FROM issues").fetchone()
        bare = json.dumps([row[:3] for row in json.loads(said)])
        base.execute("UPDATE issues SET members = ?", (bare,))
        base.execute("UPDATE benchmarks_meta SET schema_version = 1")
    base.close()
    then = benchmarks_of(tmp_path)
    assert then is not None and then.issued.errors == {}
    assert then.issued.norms.rows == told.norms.rows
    with open_benchmarks(tmp_path) as kept:
        now = kept.issue(entries, "w1", again, DAY).issued
        assert len(kept.all()) == 1
    assert (now.norms.number, now.norms.rows) == (1, told.norms.rows)


def test_published_norms_are_read_as_what_they_are(tmp_path) -> None:
    found, problems = published(HERE, CSPS)
    assert not problems
    assert [(one.value, one.decimals, one.n, one.about) for one in found] == [
        (77.6, 1, 105, "leadership"), (51.9, 1, 105, "direction"), (56.1, 1, 105, ""),
    ]  # fmt: skip
    wrong = {
        "empty.csv": "",
        "columns.csv": "source,year\nA,2023\n",
        "value.csv": "source;year;measure;unit;value\nA;2023;B;%;many\n",
        "long.csv": f"source,year,measure,unit,value\n{'A' * 400},2023,B,%,1\n",
        "gap.csv": "source,year,measure,unit,value\nA,2023,,%,1\n",
    }
    for name, content in wrong.items():
        (tmp_path / name).write_text(content, "utf-8")
        assert published(tmp_path, name)[0] == () and len(published(tmp_path, name)[1]) == 1, name
    assert "outside" in published(tmp_path, "/etc/passwd")[1][0].what
    assert "not there" in published(tmp_path, "none.csv")[1][0].what
    assert published(tmp_path, "") == ((), ())


def small_portfolio(home: Path, count: int) -> Path:
    """Organisations that are asked one dimension; the last wants to be in no benchmark."""
    text = (HERE.parent / "answers" / "small.yml").read_text("utf-8")
    text = text.replace(
        "  asked: [top, leader, hr, board]", "  asked: [leader, hr]\n  sides: [leader, hr]"
    )
    pattern = synthetic.client("two-missing")
    for i in range(count):
        folder = home / f"org{i:02}"
        folder.mkdir(parents=True)
        (folder / "small.yml").write_text(text, "utf-8")
        name = f"Quokkadal {i:02}"
        own = dataclasses.replace(
            pattern,
            id=folder.name,
            name=name,
            seed=i,
            instrument="small.yml",
            units=(("org", name, None),),
            people={"org": {"leader": (12 + i, 20 + i), "hr": (9, 10)}},
        )
        synthetic.build(own, folder)
    with (home / f"org{count - 1:02}" / "engagement.yml").open("a", encoding="utf-8") as file:
        file.write("benchmark: false\n")
    broken = home / "org99"
    broken.mkdir()
    (broken / "engagement.yml").write_text("hrkit: 1\nid: [\n", "utf-8")
    return home


@pytest.fixture(scope="module")
def clients(tmp_path_factory) -> Path:
    return small_portfolio(tmp_path_factory.mktemp("portfolio"), 13)


@pytest.mark.usefixtures("crews_forked")
def test_a_batch_with_a_benchmark_tells_each_client_its_place(clients, tmp_path) -> None:
    home = Path(shutil.copytree(clients, tmp_path / "clients"))
    done = batch(home, tmp_path / "out", profile="benchmark", only=["org03"], workers=2)
    assert done.failed == () and len(done.done) == 1, done.failed
    import pypdfium2

    (made,) = (tmp_path / "out").glob("*.pdf")
    told = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))
    assert "other organisations" in told and "Quokkadal 03" in told
    assert [i for i in range(13) if f"Quokkadal {i:02}" in told] == [3]


@pytest.mark.usefixtures("crews_forked")
def test_who_wants_to_be_in_none_is_told_why_its_report_has_no_such_page(clients, tmp_path) -> None:
    home = Path(shutil.copytree(clients, tmp_path / "clients"))
    how = {"benchmark": True, "profile": "summary", "workers": 2}
    done = batch(home, tmp_path / "out", only=["org03", "org12"], **how)
    told = {one.organisation: one.messages for one in done.done}
    why = "it has no page on its place among the others (it wants to be in no benchmark)"
    assert why in told["org12"] and why not in told["org03"]
    kept = benchmarks_of(home)
    assert kept is not None and kept.issued.norms.rows
    assert all("org12" not in row for row in kept.issued.members.values())
    assert {one.organisation for one in kept.entries if not one.takes_part} == {"org12"}


@pytest.mark.usefixtures("crews_forked")
def test_a_cluster_s_workers_make_the_same_page(clients, cluster, tmp_path) -> None:
    """What a client is told of the others goes with its parcel."""
    home = Path(shutil.copytree(clients, tmp_path / "clients"))
    how = {"profile": "benchmark", "only": ["org03"], "benchmark": True}
    assert not batch(home, tmp_path / "here", **how).failed
    cluster.begin(1)
    away = batch(home, tmp_path / "away", dask=cluster.address, **how)
    assert not away.failed, away.failed
    (made,), (there,) = ((tmp_path / one).glob("*.pdf") for one in ("here", "away"))
    assert made.name == there.name and made.read_bytes() == there.read_bytes()


@pytest.mark.soak
def test_the_whole_command(clients, tmp_path) -> None:
    home = Path(shutil.copytree(clients, tmp_path / "clients"))
    made = benchmark(home, tmp_path / "out", also="html,xlsx", workers=2)
    assert len(made.pages.done) == 12 and len(made.report) == 3
    assert [one.organisation for one in made.pages.failed] == ["org99"]
    assert made.decided.left_out == {"Quokkadal 12": "own"}
    assert {p.suffix for p in (tmp_path / "out" / "clients").iterdir()} >= {".pdf", ".html"}
    with open_benchmarks(home, write=False) as kept:
        assert len(kept.shown_to(1)) == 12


def test_too_few_are_one_sentence_of_the_command(clients, tmp_path) -> None:
    home, files = tmp_path / "few", {}
    for name in ("org00", "org01", "org12"):
        shutil.copytree(clients / name, home / name)
        files[name] = bring(str(home / name), "", str(tmp_path))["file"]
    found = decide_together(str(home), files, "", str(tmp_path), [])
    assert not found["enough"] and found["counted"] == 2 and found["clients"] == []
    named = {key: tuple(v) if isinstance(v, list) else v for key, v in found.items()}
    said = Brought(**named).too_few
    assert said.startswith(
        "There is no benchmark: 2 organisations can be compared, and it takes 11"
    )
    assert not list(tmp_path.glob("norms-*"))
    assert benchmarks_of(home) is None


def test_an_engagement_says_that_it_wants_to_be_in_none(clients) -> None:
    assert not engagements.load(clients / "org12").benchmark
    assert engagements.load(clients / "org00").benchmark


def test_the_notebook_is_the_kits() -> None:
    assert kit.BENCHMARK in kit.notebook_names()


def issued_together(home: Path, into: Path) -> None:
    """A benchmark of them all, recorded as the command does."""
    places = [one for one in sorted(home.iterdir()) if one.name != "org99"]
    files = {one.name: bring(str(one), "", str(into))["file"] for one in places}
    assert decide_together(str(home), files, "", str(into), [])["enough"]


def test_a_page_is_printed_by_itself_where_a_benchmark_stands(clients, tmp_path) -> None:
    home = Path(shutil.copytree(clients, tmp_path / "clients"))
    how: dict[str, Any] = {"profile": "benchmark", "output": tmp_path}
    with pytest.raises(PublishError, match="No benchmark of w1 stands beside Quokkadal 03 yet"):
        report(home / "org03", **how)
    assert list(tmp_path.glob("*.pdf")) == []
    issued_together(home, tmp_path)
    made = report(home / "org03", **how)
    import pypdfium2

    document = pypdfium2.PdfDocument(made.pdf)
    told = "\n".join(one.get_textpage().get_text_bounded() for one in document)
    document.close()
    # It stands among others, and of the others nobody is named.
    assert "The others" in told and "Benchmark no. 1" in told
    assert [i for i in range(13) if f"Quokkadal {i:02}" in told] == [3]
    with open_benchmarks(home, write=False) as kept:
        assert "org03" in kept.shown_to(1)
    with pytest.raises(PublishError, match="is in no benchmark"):
        report(home / "org12", **how)

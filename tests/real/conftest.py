"""The whole way with answers that nobody here wrote: a folder, an import, a printed report."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from hrkit.cli import main
from tests.quick import undrawn, without_kernel

CASES = Path(__file__).parents[1] / "cases"
INSTRUMENTS = CASES / "instruments"
MAPPINGS = CASES / "mappings"
LEAD = [f"LEAD{i:02d}" for i in range(1, 12)]
TSIG = [f"TSIG{i:02d}" for i in range(1, 4)]
HOSTIL = [f"HOSTIL{i:02d}" for i in range(1, 6)]

#: What ``hrkit new`` leaves open: (pattern, replacement).
FILLED_IN = (
    (r'(?m)^  name: ""', '  name: "Ann Example"'),
    (r'(?m)^  (da|en|nl): ""', r'  \1: "Direktionen"'),
)


@pytest.fixture(scope="session")
def expected(data: Path) -> Callable[[str, str], float]:
    """A reference value, computed in R and again independently, by data set and statistic."""
    table = pd.read_csv(data / "expected_values.csv", dtype=str).set_index(["data", "function"])
    return lambda file, what: float(table.loc[(file, what), "expected"])


def hrkit(*arguments: object) -> str:
    """What a command says; it must succeed."""
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 0, (arguments, result.output, result.exception)
    return result.output


def new(
    folder: Path,
    name: str,
    instrument: str | Path,
    language: str = "en",
    changes: Iterable[tuple[str, str]] = (),
) -> Path:
    """An engagement made by ``hrkit new``, filled in and checked."""
    hrkit("new", folder, "--name", name, "--language", language, "--instrument", instrument)
    path = folder / "engagement.yml"
    text = path.read_text("utf-8")
    for pattern, value in (*FILLED_IN, *changes):
        text, count = re.subn(pattern, value, text)
        assert count, pattern
    path.write_text(text, "utf-8")
    assert "a good engagement" in hrkit("check", folder)
    return folder


def many(place: Path, ids: Iterable[str], instrument: Path) -> None:
    """A folder for each company: the first by ``hrkit new``, the others as that makes them, but for the name."""
    first, *others = ids
    made = new(place / first, f"Company {first}", instrument)
    for id in others:
        path = Path(shutil.copytree(made, place / id)) / "engagement.yml"
        text = path.read_text("utf-8")
        for name in ("Company {}", "company-{}"):
            assert name.format(first) in text
            text = text.replace(name.format(first), name.format(id))
        path.write_text(text, "utf-8")


def some(companies: Mapping[str, pd.DataFrame], every: int) -> dict[str, pd.DataFrame]:
    """Every so many-th company by size, the smallest and the largest among them."""
    by_size = sorted(companies, key=lambda id: (len(companies[id]), id))
    return {id: companies[id] for id in {*by_size[::every], by_size[-1]}}


def units(*ids: str) -> tuple[str, str]:
    """A change that puts units below the whole organisation."""
    rows = "".join(f'\n  - {{id: "{id}", name: "Company {id}", parent: "org"}}' for id in ids)
    return r'(?m)^  - \{id: "org".*$', r"\g<0>" + rows


def text_of(pdf: Path) -> str:
    """All words of a PDF, white space made single, soft hyphens and line ends undone."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(pdf))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    # PDFium writes U+FFFE where a line ends in a hyphen that is not part of the word.
    plain = re.sub(r"[\ufffe\u00ad]\s*", "", "\n".join(pages))
    return re.sub(r"\s+", " ", plain)


def printed(folder: Path, *, kernel: bool = False, **options: str) -> str:
    """The words of an engagement's report, made by ``hrkit report``; ``kernel``: in one."""
    pdf = folder / "report.pdf"
    extra = [part for name, value in options.items() for part in (f"--{name}", value)]
    with ExitStack() as stack:
        if not kernel:
            stack.enter_context(without_kernel())
            stack.enter_context(undrawn())
        hrkit("report", folder, "-o", pdf, *extra)
    assert pdf.read_bytes().startswith(b"%PDF")
    return text_of(pdf)


def stored_scores(folder: Path) -> pd.DataFrame:
    """Unrounded scores of every respondent in a store: a row each, a column for each dimension."""
    from hrkit.answers.responses import numeric
    from hrkit.answers.store import open_store
    from hrkit.measure import respondent_scores
    from hrkit.model.engagement_file import load

    engagement = load(folder)
    instrument = engagement.instrument
    with open_store(engagement, create=False) as store:
        responses = store.read("w1")
    scale = instrument.dimensions[0].score_facet.scale
    scores = respondent_scores(
        numeric(responses, instrument),
        {s.id: [i.id for i in instrument.scored_items(s)] for s in instrument.dimensions},
        reversed_items={i.id for i in instrument.items.values() if i.reversed},
        scale=(scale.low, scale.high),
        people=responses.people,
    )
    return scores.pivot(index="respondent", columns="dimension", values="score")


def release(folder: Path) -> Any:
    """The released tables of an engagement's only wave."""
    from hrkit.disclosure.release import issue as released
    from hrkit.model.engagement_file import load

    return released(load(folder), "w1")


def as_printed(value: float, decimals: int = 1) -> float:
    """A value rounded by Python's decimal arithmetic, halves up, apart from the kit's own."""
    from decimal import ROUND_HALF_UP, Decimal

    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(f"{value:.9f}").quantize(step, rounding=ROUND_HALF_UP))


#: Words that a program prints where it has no value.
NO_VALUE = re.compile(r"\b(nan|NaN|None|null|inf|[Tt]raceback)\b")


def without_sources(text: str, instrument: Any) -> str:
    """A report's words without the titles and authors of the texts it draws on."""
    for source in instrument.sources.values():
        for words in (source["title"], source.get("author", "")):
            for one in words.values() if isinstance(words, Mapping) else [words]:
                text = text.replace(one, "") if one else text
    return text

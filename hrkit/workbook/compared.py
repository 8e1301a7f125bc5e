"""What `4_benchmark.ipynb` shows: a client's place among others, or the consultant's own portfolio.

In an engagement's folder it is that client's page; in the folder that holds many it is the report of all,
as the benchmark was issued last (`hrkit benchmark`); the kit's own notebook, opened as it stands, shows
fourteen organisations that are made up.  No answer is read here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.job import job_of
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.portfolio.own import PortfolioReport

__all__ = ["compared"]


def compared(
    folder: str | Path = "", *, wave: str = "", language: str = ""
) -> Assessment | PortfolioReport:
    """A client's place among the others of its portfolio, or the portfolio as its consultant reads it.

    Both have the parts ``front``, ``picture`` and ``back``.

    Parameters
    ----------
    folder
        Of an engagement, or of a portfolio; the notebook's own if empty, else the demo.
    wave
        Id of the wave; the one that was issued last if empty.
    language
        The code of a language; the engagement's if empty.

    Raises
    ------
    HrkitError
        If nothing was issued, or the folder cannot be used.
    """
    place = Path(folder) if folder else Path.cwd()
    if (place / FILE).is_file():
        return _client(place, wave, language)
    if folder or any(place.glob(f"*/{FILE}")):
        return _portfolio(place, wave, language)
    return _made_up(language)


def _client(place: Path, wave: str, language: str) -> Assessment:
    from hrkit.portfolio.issued import told_last

    if job_of() is not None:
        # A process that was handed what it shows looks at nothing else.
        return assess(place, wave=wave, language=language, profile="benchmark")
    engagement = engagements.load(place)
    given = told_last(engagement, engagement.wave(wave or None).id)
    return assess(place, wave=wave, language=language, profile="benchmark", compared=given)


def _portfolio(place: Path, wave: str, language: str) -> PortfolioReport:
    from hrkit.disclosure.portfolio.decide import standing
    from hrkit.portfolio.issued import FILE as BENCHMARKS
    from hrkit.portfolio.issued import benchmarks_of
    from hrkit.portfolio.split import Portfolio

    kept = benchmarks_of(place, wave)
    if kept is None:
        raise HrkitError(
            f"No benchmark was issued here yet ({BENCHMARKS}); make it with: hrkit benchmark SRC"
        )
    found = Portfolio.load(place)
    asked = kept.issued.norms.instrument
    pattern = next((e for e in found.clients.values() if e.instrument.id == asked), None)
    if pattern is None:
        raise HrkitError(f"No engagement in {place} that asks {asked} can be read.")
    there = {entry.organisation for entry in kept.entries}
    unread = {n: "–" for n, e in found.clients.items() if e.id not in there and e.benchmark}
    broken = {name: error.summary for name, error in found.broken.items()}
    return PortfolioReport(
        pattern,
        kept.entries,
        standing(kept.issued, kept.entries),
        language or pattern.language,
        {**unread, **broken},
    )


def _made_up(language: str) -> PortfolioReport:
    from hrkit.disclosure.portfolio.decide import decide, scales_of
    from hrkit.synthetic.portfolio import portfolio_entries
    from hrkit.workbook.here import demo_folder

    pattern: Engagement = engagements.load(demo_folder())
    wave = pattern.wave().id
    entries = portfolio_entries(pattern.instrument, wave)
    found = decide(entries, scales_of(pattern.instrument), (), wave)
    norms = replace(found.issued.norms, number=1, day=dt.date(2026, 11, 21))
    issued = replace(found.issued, norms=norms)
    return PortfolioReport(
        pattern, entries, replace(found, issued=issued), language or pattern.language
    )

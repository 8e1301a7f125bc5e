"""What the partner pairs of a made-up municipality say of themselves, and their log of hand-overs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from hrkit.records.values import OpenLine

__all__ = ["pairs_say"]


def pairs_say() -> Iterable[OpenLine]:
    """Three partner pairs: one goal that a pay partner was not told, and hand-overs that get better."""
    setup: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
        "pair-1": {
            "area": ("", "", "Skoler: skoleledere og SFO-ledere"),
            "decides": ("Forløb og form", "Indplacering inden for rammen", ""),
            "does": ("Samtaler, referater", "Kontrakter, lønkørsel", ""),
            "substitute": ("HR-partner, dagtilbud", "Lønpartner, ældre", ""),
            "days": ("", "", "Tirsdag og torsdag"),
            "answer": ("", "", "24 timer på hverdage"),
            "goal-1": ("2026-08-20", "2026-08-24", "Færre vikarer: fast vikarpulje fra januar"),
            "goal-2": ("2026-08-20", "", "Sygefravær under 4 %: samtale efter 5. dag"),
        },
        "pair-2": {
            "area": ("", "", "Ældre og sundhed: områdeledere"),
            "does": ("Rekruttering, fravær", "Vagtplan og tillæg", ""),
            "days": ("", "", "Onsdag"),
            "answer": ("", "", "To dage"),
            "goal-1": ("2026-09-01", "2026-09-01", "Flere på fuld tid: et tilbud til alle"),
        },
        "pair-3": {
            "area": ("", "", "Teknik og miljø: teamledere"),
            "does": ("Rekruttering, konflikter", "Overenskomst, aftaler", ""),
            "substitute": ("HR-partner, skoler", "Lønpartner, skoler", ""),
        },
    }
    for pair, rows in setup.items():
        for row, said in rows.items():
            cells = tuple(zip(("hr", "pay", "both"), said, strict=True))
            yield OpenLine("partner-pairs", "setup", "w1", f"{pair}.{row}", said=cells)
    journey = {
        "pair-1": ("2", "Tre sager fulgt fra hånd til hånd i maj", "40", "32"),
        "pair-2": ("1", "Profilerne hænger i kaffestuen", "40", "18"),
        "pair-3": ("1", "Målene er skrevet ned, ikke delt", "40", "10"),
    }
    for pair, found in journey.items():
        named = tuple(zip(("phase", "evidence", "promised", "given"), found, strict=True))
        yield OpenLine("partner-pairs", "journey", "w1", pair, said=named)
    start = dt.date(2026, 4, 6)
    for i in range(72):
        week = start + dt.timedelta(days=7 * (i // 3))
        late = i >= 39
        complete = i % 5 != 0 if late else i % 5 in (1, 2, 3) and i % 4 != 0
        year, number, _ = week.isocalendar()
        cells = (
            ("week", f"{year}-{number:02}"),
            ("type", ("appointment", "pay", "hours", "absence", "leave")[i % 5]),
            ("from", ("leader", "hr")[i % 2]),
            ("to", ("hr", "pay")[i % 2]),
            ("complete", "yes" if complete else "no"),
            ("missing", "" if complete else ("decision", "decision", "data")[i % 3]),
            ("pair", f"pair-{1 + i % 3}"),
        )
        yield OpenLine("partner-pairs", "log", "w1", f"own-{i + 1}", said=cells)

"""A made-up portfolio: what fourteen organisations that never were bring into a benchmark."""

from __future__ import annotations

from hrkit.disclosure.derived.frame import Estimate, ends, outward
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.released import Score, Why, tidy
from hrkit.model.instrument import Instrument

__all__ = ["portfolio_entries"]

_NAMES = (
    "Fjordby", "Nordby", "Østerlund", "Vestervang", "Søndermark", "Bakkerup", "Kystrup", "Engholm",
    "Skovlev", "Havnstrup", "Kildebro", "Møllested", "Rosenå", "Tranum",
)  # fmt: skip
_SPREAD = 0.8


def portfolio_entries(
    instrument: Instrument, wave: str, *, count: int = len(_NAMES), seed: int = 12
) -> tuple[BroughtIn, ...]:
    """Organisations that differ in size, on the whole, and more on some dimensions than on others.

    Parameters
    ----------
    instrument
        What they were asked.
    wave
        Id of the wave.
    count
        How many; from fifteen on they have numbers for names.
    seed
        The same gives the same organisations.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    sides = instrument.sides or instrument.perspectives[:1]
    centre = {
        (s.id, side): 3.0 + 0.4 * i + float(rng.normal(0, 0.25))
        for s in instrument.dimensions
        for i, side in enumerate(sides)
    }
    apart = {s.id: float(rng.choice([0.1, 0.2, 0.3])) for s in instrument.dimensions}
    found = []
    for number in range(count):
        whole = float(rng.normal(0, 0.12))
        figures, turnout = [], []
        for i, side in enumerate(sides):
            invited = int(rng.integers(30, 160)) if not i else int(rng.integers(6, 28))
            n = max(1, int(invited * rng.uniform(0.55, 0.95)))
            turnout.append((side, invited, n if n >= 5 else None))
            if n < 5:
                continue
            for s in instrument.dimensions:
                se = _SPREAD / n**0.5
                mean = centre[s.id, side] + whole + rng.normal(0, apart[s.id]) + rng.normal(0, se)
                printed = tidy(float(np.clip(mean, 1.2, 4.8)))
                low, high = outward(*ends(Estimate(printed, se, n + 3, n), (1.0, 5.0)))
                figures.append(
                    Score(
                        s.id,
                        "",
                        side,
                        Why.SHOWN,
                        n=n,
                        mean=printed,
                        low=low,
                        high=high,
                        spread=_SPREAD,
                    )
                )
        name = _NAMES[number] if number < len(_NAMES) else f"Organisation {number + 1}"
        found.append(
            BroughtIn(
                f"made-up-{number + 1}",
                name,
                wave,
                instrument.id,
                instrument.version,
                tuple(figures),
                tuple(turnout),
                "public",
                "dk",
                "final",
                synthetic=True,
            )
        )
    return tuple(found)

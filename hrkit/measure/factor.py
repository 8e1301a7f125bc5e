"""One factor behind the items of a dimension: loadings and uniquenesses from their correlations.

By maximum likelihood the discrepancy is a function of the uniquenesses alone, since the loadings
that are best for them are known (Lawley & Maxwell 1971, Factor Analysis as a Statistical Method,
ch. 4).  Newton's steps find its least in a handful of them where no uniqueness comes near zero;
where one does, or a step leads astray, a search within bounds takes over.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from hrkit.measure._arrays import Floats

__all__ = ["fit_minres", "fit_ml"]

#: Where the search begins, at the least and the most.
_UNIQUE = (0.01, 0.99)
#: Log uniquenesses stay within these.
_BOUNDS = (float(np.log(1e-4)), float(np.log(1.0 + 1e-9)))
#: More steps than it takes where it arrives.
_STEPS = 30
_HALVES = 6


def fit_ml(r: Floats) -> tuple[Floats, Floats, bool]:
    """Maximum likelihood loadings and uniquenesses of one factor on a correlation matrix.

    `omega` and `one_factor` ask for the same one, one after the other.
    """
    load, psi, arrived = _fitted(r.tobytes(), len(r))
    return load.copy(), psi.copy(), arrived


@lru_cache(maxsize=8)
def _fitted(raw: bytes, items: int) -> tuple[Floats, Floats, bool]:
    r = np.frombuffer(raw, dtype=np.float64).reshape(items, items)
    start = np.log(np.clip(0.5 / np.diag(np.linalg.inv(r)) * 1.5, *_UNIQUE))
    found = _stepped(r, start)
    x, arrived = _searched(r, start) if found is None else (found, True)
    psi = np.exp(x)
    return _loadings(r, psi)[2], psi, arrived


def _loadings(r: Floats, psi: Floats) -> tuple[Floats, Floats, Floats]:
    """Eigenvalues and -vectors of what is scaled by uniquenesses, and the loadings best for these."""
    root = 1 / np.sqrt(psi)
    values, vectors = np.linalg.eigh(root[:, None] * r * root)
    return values, vectors, np.sqrt(max(values[-1] - 1, 0)) * vectors[:, -1] / root


def _discrepancy(r: Floats, log_psi: Floats) -> tuple[float, Floats]:
    """The discrepancy with the loadings solved for, and its gradient (Lawley & Maxwell 1971, ch. 4)."""
    psi = np.exp(log_psi)
    values, _, load = _loadings(r, psi)
    rest = np.maximum(values[:-1], 1e-300)
    gradient = (load**2 + psi - np.diag(r)) / psi**2
    return float((rest - np.log(rest) - 1).sum()), gradient * psi


def _stepped(r: Floats, x: Floats) -> Floats | None:
    """The log uniquenesses of the least discrepancy by Newton's steps; None where these lead astray.

    Exact second derivatives, from those of eigenvalues: Clarke 1970, British Journal of
    Mathematical and Statistical Psychology 23, 43-52; in logs: Jöreskog & van Thillo 1971, ETS
    Research Memorandum 71-5.
    """
    f, gradient = _discrepancy(r, x)
    for _ in range(_STEPS):
        values, vectors, _ = _loadings(r, np.exp(x))
        most, rest, first, others = values[-1], values[:-1], vectors[:, -1], vectors[:, :-1]
        if most - rest[-1] < 1e-6:
            return None
        both = others[:, None, :] * others[None, :, :]
        bent = (both @ rest) * (others @ others.T)
        bent += np.outer(first, first) * (both @ ((1 - rest) * (most + rest) / (most - rest)))
        least = float(np.linalg.eigvalsh(bent)[0])
        # Where the discrepancy bends the other way, the steps are short ones down its slope.
        more = 0.0 if least > 1e-6 else 0.05 - 2 * least
        step = np.linalg.solve(bent + more * np.eye(len(x)), gradient)
        if least > 0 and np.abs(step).max() < 1e-9:
            return x - step if np.abs(gradient).max() < 1e-8 else None
        for _ in range(_HALVES):
            there = x - step
            if (there > _BOUNDS[0]).all() and (there < _BOUNDS[1]).all():
                value, slope = _discrepancy(r, there)
                if value <= f + 1e-12:
                    break
            step = step / 2
        else:
            return None
        x, f, gradient = there, value, slope
    return None


def _searched(r: Floats, start: Floats) -> tuple[Floats, bool]:
    """The same by a search within bounds, and whether it came to an end there."""
    from scipy import optimize

    best = optimize.minimize(
        lambda at: _discrepancy(r, at),
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[_BOUNDS] * len(r),
        options={"ftol": 1e-15, "gtol": 1e-10, "maxiter": 2000, "maxcor": 20},
    )
    x, arrived = best.x, bool(best.success)
    # The search stops where f no longer moves; the root of its gradient has more digits.
    # The root's free steps may leave the range where the matrix stays finite (Heywood cases):
    # then what the bounded search found stands.
    try:
        with np.errstate(all="ignore"):
            polished = optimize.root(lambda at: _discrepancy(r, at)[1], x, tol=1e-13)
    except np.linalg.LinAlgError:
        polished = None
    if (
        polished is not None
        and float(np.abs(polished.x - x).max()) < 1e-3
        and float(np.abs(polished.fun).max()) < 1e-8
    ):
        x, arrived = polished.x, True
    return x, arrived


def fit_minres(r: Floats) -> tuple[Floats, Floats, bool]:
    """Loadings that leave the smallest squared residual correlations, one factor."""
    from scipy import optimize

    upper = np.triu_indices(len(r), 1)

    def residuals(load: Floats) -> Floats:
        return (r - np.outer(load, load))[upper]

    values, vectors = np.linalg.eigh(r)
    start = np.sqrt(values[-1]) * vectors[:, -1] * 0.9
    best = optimize.least_squares(
        residuals, start, bounds=(-1.0, 1.0), xtol=1e-14, ftol=1e-14, gtol=1e-12
    )
    return best.x, 1 - best.x**2, bool(best.success)

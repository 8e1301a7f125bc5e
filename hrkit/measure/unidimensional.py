"""One factor behind the items of a dimension: McDonald's omega, and how well one is enough.

Omega estimates how well each item measures what all have in common.  Programs differ in what they
call omega: here it is the one-factor model, by maximum likelihood on the covariances (what lavaan
gives) or by minimum residuals on the correlations (what psych gives).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from hrkit.measure._covariance import Missing, covariance
from hrkit.measure.factor import fit_minres, fit_ml

__all__ = ["Omega", "OneFactor", "omega", "one_factor"]

Matrix = npt.NDArray[np.float64]
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega of a one-factor model; `reason` says why a value is NaN or doubtful.

    Attributes
    ----------
    value
        Omega total, 0 to 1.
    loadings, uniquenesses
        One number per item, in the metric analysed (covariance or correlation).
    n, method, converged
        Respondents, the estimator, and whether the search ended at a minimum.
    reason
        "", "fewer than three items", "fewer than two respondents", "no variance",
        "covariances not positive definite" or "a uniqueness at its bound" (Heywood
        case: a value is given, to be read with care).
    """

    value: float
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    n: int
    method: str
    converged: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OneFactor:
    """How well one factor explains the correlations of a dimension's items.

    Attributes
    ----------
    chi2, df
        Likelihood-ratio statistic n · F, and its degrees of freedom J (J - 3) / 2.
    cfi, srmr
        Comparative fit index, and standardised root mean square residual.
    n, reason
        Respondents, and why the values are NaN: "fewer than four items" (three are explained by
        one factor whatever they are), or a reason of `Omega`.
    """

    chi2: float
    df: int
    cfi: float
    srmr: float
    n: int
    reason: str


def omega(
    values: npt.ArrayLike,
    method: Literal["ml", "minres"] = "ml",
    missing: Missing = "listwise",
) -> Omega:
    """McDonald's omega total of one dimension, from a one-factor model.

    Parameters
    ----------
    values
        Shape (R, J), J at least 3, reversed items already turned; NaN is missing.
    method
        "ml": maximum likelihood, covariance metric (lavaan's convention).
        "minres": minimum residuals, correlation metric (psych's convention).
    missing
        "listwise" or "pairwise", as for `alpha`.

    Returns
    -------
    Omega
        Value NaN with a reason where it is undefined.

    Raises
    ------
    ValueError
        If `values` is not a matrix, or `method` or `missing` is unknown.

    Notes
    -----
    ``(sum l)^2 / ((sum l)^2 + sum psi)``: McDonald 1999, Test Theory, p. 89-90.  One
    factor by maximum likelihood: Lawley & Maxwell 1971, Factor Analysis as a
    Statistical Method, ch. 4; by minimum residuals: Harman & Jones 1966, Psychometrika
    31, 351-368.
    """
    if method not in ("ml", "minres"):
        raise ValueError(f"method is 'ml' or 'minres', not {method!r}")
    c, n = covariance(values, missing)

    r, impossible = _correlations(c, n, 3)
    if impossible:
        return Omega(_NAN, (), (), n, method, False, impossible)
    load, psi, converged = fit_ml(r) if method == "ml" else fit_minres(r)
    reason = _doubt(psi)
    if method == "ml":  # the fit does not depend on the metric, omega does
        variances = np.diag(c)
        load, psi = load * np.sqrt(variances), psi * variances
    common = float(load.sum()) ** 2
    load = load if load.sum() >= 0 else -load
    value = common / (common + float(psi.sum()))
    return Omega(value, tuple(load.tolist()), tuple(psi.tolist()), n, method, converged, reason)


def one_factor(values: npt.ArrayLike, missing: Missing = "listwise") -> OneFactor:
    """Whether one factor is enough for the items of a dimension.

    Parameters
    ----------
    values
        Shape (R, J), J at least 4, reversed items already turned; NaN is missing.
    missing
        "listwise" or "pairwise", as for `alpha`.

    Returns
    -------
    OneFactor
        NaN with a reason where it is undefined.

    Notes
    -----
    Maximum likelihood (Lawley & Maxwell 1971, ch. 4), answers taken as continuous: with five
    categories the statistic is a guide, not a test.  CFI: Bentler 1990, Psychological Bulletin 107,
    238-246, against items that have nothing in common; SRMR over the J (J + 1) / 2 correlations:
    Bentler 1995, EQS manual.  Often read as good: CFI from .95, SRMR up to .08 (Hu & Bentler 1999,
    Structural Equation Modeling 6, 1-55).  With few degrees of freedom RMSEA misleads (Kenny,
    Kaniskan & McCoach 2015, Sociological Methods & Research 44, 486-507), so it is not given.
    """
    c, n = covariance(values, missing)
    items = len(c)
    df = items * (items - 3) // 2

    r, impossible = _correlations(c, n, 4)
    if impossible:
        return OneFactor(_NAN, df, _NAN, _NAN, n, impossible)
    load, psi, _ = fit_ml(r)
    model = np.outer(load, load) + np.diag(psi)
    apart = float(np.linalg.slogdet(model)[1] - np.linalg.slogdet(r)[1])
    chi2 = n * (apart + float(np.trace(r @ np.linalg.inv(model))) - items)
    base = max(-n * float(np.linalg.slogdet(r)[1]) - items * (items - 1) / 2, 0.0)
    over = max(chi2 - df, 0.0)
    cfi = 1 - over / max(over, base) if max(over, base) > 0 else 1.0
    lower = np.tril_indices(items)
    srmr = float(np.sqrt(np.mean(((r - model)[lower]) ** 2)))
    return OneFactor(chi2, df, cfi, srmr, n, _doubt(psi))


def _correlations(c: Matrix, n: int, least: int) -> tuple[Matrix, str]:
    """Correlations of covariances, and why no factor can be fitted to them ("" where one can).

    `least` is from how many items on the model says something: three for its loadings, four for
    whether it fits.
    """
    variances = np.diag(c)
    if len(c) < least:
        return c, f"fewer than {'three' if least == 3 else 'four'} items"
    if n < 2:
        return c, "fewer than two respondents"
    if not (variances > 1e-12).all():
        return c, "no variance"
    r = c / np.sqrt(np.outer(variances, variances))
    return r, "covariances not positive definite" if np.linalg.eigvalsh(r)[0] < 1e-8 else ""


def _doubt(psi: Matrix) -> str:
    return "a uniqueness at its bound" if (psi < 1.1e-4).any() else ""

"""HiGHS, quiet: a solver that keeps what it knows from one question to the next."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csc_matrix

__all__ = ["best", "model_of", "solve", "solver_of", "whole"]

Floats = npt.NDArray[np.float64]

#: A programme of whole numbers need not be solved closer than this.
_GAP = 0.02

_once = threading.Lock()
_spoken = False


def solver_of(model: Any, seconds: float = 0.0, *, nodes: int = 0, presolve: bool = True) -> Any:
    """A solver for a model.

    Parameters
    ----------
    model
        A `highspy.HighsLp`.
    seconds
        After so long it gives up; never if 0.
    nodes
        After so many branches it gives up, on every machine alike; never if 0.
    presolve
        Whether it makes the programme smaller first, which small ones do not repay.
    """
    solver = _made()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if not presolve:
        solver.setOptionValue("presolve", "off")
    if seconds:
        solver.setOptionValue("time_limit", seconds)
    if nodes:
        solver.setOptionValue("mip_max_nodes", nodes)
        solver.setOptionValue("mip_abs_gap", _GAP)
        solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(model)
    return solver


def model_of(matrix: csc_matrix, bounds: tuple[Floats, Floats], ends: tuple[Floats, Floats]) -> Any:
    """A programme that asks for nothing yet.

    Parameters
    ----------
    matrix
        A line for each sum, a column for each unknown.
    bounds, ends
        Least and most of each unknown, and of each sum.
    """
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.zeros(model.num_col_)
    model.col_lower_, model.col_upper_ = bounds
    model.row_lower_, model.row_upper_ = ends
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model


def solve(solver: Any, cost: Floats) -> Floats | None:
    """The unknowns for which something is least; None where there are none, or none is found."""
    import highspy

    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value)


def best(solver: Any, cost: Floats, enough: float = -np.inf) -> Floats | None:
    """Unknowns for which something is small, though perhaps not least; None where none are found.

    Parameters
    ----------
    enough
        Stop where it is as small as this.
    """
    import highspy

    solver.setOptionValue("objective_target", float(enough))
    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.array(solver.getSolution().col_value)


def whole(model: Any) -> Any:
    """A model whose unknowns are whole numbers."""
    import highspy

    model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
    return model


def _made() -> Any:
    """The first one a process makes prints its name to where reports and lists go: not here."""
    global _spoken
    import highspy

    with _once:
        if _spoken:
            return highspy.Highs()
        _spoken = True
        try:
            kept = os.dup(1)
        except OSError:
            # There is nothing to print to.
            return highspy.Highs()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            return highspy.Highs()
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)

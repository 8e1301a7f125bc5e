"""HiGHS, quiet: a solver that keeps what it knows from one question to the next."""

from __future__ import annotations

import os
import threading
from typing import Any

__all__ = ["solver_of", "whole"]

_once = threading.Lock()
_spoken = False


def solver_of(model: Any, seconds: float = 0.0) -> Any:
    """A solver for a model.

    Parameters
    ----------
    model
        A `highspy.HighsLp`.
    seconds
        After so long it gives up; never if 0.
    """
    solver = _made()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    if seconds:
        solver.setOptionValue("time_limit", seconds)
    solver.passModel(model)
    return solver


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

"""What papermill finds as the engine ``hrkit``; the engine itself is imported when it is used.

papermill loads entry points while it is imported, and the engine imports papermill: whoever imports
the engine first would find it half made.
"""

from __future__ import annotations

from typing import Any

__all__ = ["ENGINE", "NAME", "register"]

#: What papermill calls it (an entry point of the package).
NAME = "hrkit"


class _WhenUsed:
    """An engine of papermill, by the three functions that papermill calls."""

    def __getattr__(self, name: str) -> Any:
        if name not in ("execute_notebook", "nb_kernel_name", "nb_language"):
            raise AttributeError(name)
        from hrkit.publish.batch.engine import InThisProcess

        return getattr(InThisProcess, name)


ENGINE = _WhenUsed()


def register() -> str:
    """Make papermill know the engine, whether or not the package is installed; its name."""
    from papermill.engines import papermill_engines  # type: ignore[import-untyped]

    papermill_engines.register(NAME, ENGINE)
    return NAME

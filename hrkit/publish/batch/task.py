"""One task in the process that was made for it: a function by its name, values in, values out."""

from __future__ import annotations

import importlib
import json
import os
from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError
from hrkit.files import of_the_system

__all__ = ["do"]


def do(task: dict[str, Any]) -> None:
    """Call ``task["call"]`` (``module:function``) and write what it returns to ``task["result"]``.

    What it raises is written too, in the words a user reads.  The file is there whole or not at all.
    """
    module, _, function = task["call"].partition(":")
    try:
        value = getattr(importlib.import_module(module), function)(**task["given"])
        said: dict[str, Any] = {"value": value}
    except HrkitError as error:
        said = {"error": str(error)}
    except MemoryError:
        said = {"error": "memory ran out (try fewer workers)"}
    except Exception as error:
        what = of_the_system(error)
        said = {"error": what or f"{type(error).__name__}: {error}"}
    result = Path(task["result"])
    part = result.with_suffix(".part")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(said, file)
    os.replace(part, result)

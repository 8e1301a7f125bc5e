"""What a crew is given to do, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Ended", "Task"]


@dataclass(frozen=True, slots=True)
class Task:
    """A function by name (``module:function``), what it is given, and how long it may take.

    ``given`` and what the function returns are values that JSON can write.
    """

    id: str
    call: str
    given: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a task: its value, or what the user is told.

    ``cpu`` and ``seconds`` are of its last process, ``memory`` is that process's largest size in bytes;
    where the platform does not say, they are 0.
    """

    id: str
    value: Any = None
    error: str = ""
    cpu: float = 0.0
    seconds: float = 0.0
    memory: int = 0
    tries: int = 1

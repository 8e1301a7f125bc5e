"""Report profiles: which sections a report has, in which order, with which switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError
from hrkit.model.yamlfile import read_yaml
from hrkit.tools import SECTIONS

__all__ = ["load_profile", "profiles"]


def profiles() -> tuple[str, ...]:
    """Names of the report profiles that come with the kit."""
    return tuple(sorted(path.stem for path in (kit.templates() / "profiles").glob("*.yml")))


def load_profile(name: str) -> Mapping[str, Any]:
    """The data of a report profile.

    Raises
    ------
    HrkitError
        If there is none of that name, or it names a section that does not exist.
    """
    if name not in profiles():
        raise HrkitError(
            f"There is no report profile {name!r}; use one of {', '.join(profiles())}."
        )
    data: Mapping[str, Any] = read_yaml(kit.templates() / "profiles" / f"{name}.yml").data
    unknown = [s for part in data["parts"].values() for s in part if s not in SECTIONS]
    if unknown:
        raise HrkitError(
            f"The profile {name} names sections that do not exist: {', '.join(unknown)}."
        )
    return data

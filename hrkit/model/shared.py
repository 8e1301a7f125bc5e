"""What the engagements of a portfolio share: ``portfolio.yml`` in the folder that holds theirs.

``clients/portfolio.yml`` says it once: consultant, look, instrument, waves, languages, thresholds,
audience.  ``clients/acme/engagement.yml`` says ``portfolio: ".."``, whose engagement it is, and whatever
differs.  What an engagement says itself wins; a threshold it may raise, never lower.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrkit.model.yamlfile import Source

__all__ = ["SHARED", "UP", "is_member", "member_text", "with_shared"]

SHARED = "portfolio.yml"
#: What ``portfolio`` says: an engagement lies in the folder of its portfolio.
UP = ".."
#: Keys whose entries are taken one by one.
_ENTRIES = ("targets", "report", "branding", "letters", "duties", "audience", "terms", "consultant")
#: Files that the portfolio names, from where an engagement lies.
_FILES = ("logo", "pptx_template")


def is_member(source: Source) -> bool:
    """Whether a file says that it shares what stands in the folder above."""
    return isinstance(source.data, Mapping) and "portfolio" in source.data


def with_shared(own: Source, shared: Mapping[str, Any]) -> Source:
    """An engagement's file with what it takes from its portfolio, as one that stands alone.

    Parameters
    ----------
    own
        The engagement's file, of the right shape.
    shared
        The data of ``portfolio.yml``, of the right shape.
    """
    said = {key: value for key, value in own.data.items() if key != "portfolio"}
    taken = {key: value for key, value in shared.items() if key != "hrkit"}
    if "branding" in taken:
        taken["branding"] = {
            key: f"{UP}/{one}" if key in _FILES and one else one
            for key, one in (taken["branding"] or {}).items()
        }
    if taken.get("norms"):
        taken["norms"] = f"{UP}/{taken['norms']}"
    data = {**taken, **said}
    for key in _ENTRIES:
        if isinstance(taken.get(key), Mapping) and isinstance(said.get(key), Mapping):
            # An empty text of a form that is not filled in yet says nothing.
            data[key] = {
                **taken[key],
                **{k: v for k, v in said[key].items() if v not in ("", None)},
            }
    spoken = data.get("languages") or [data.get("language")]
    if isinstance(data.get("audience"), Mapping):
        # What is shared may speak more languages than this organisation does.
        data["audience"] = {
            code: one
            for code, one in data["audience"].items()
            if code in spoken or code in (said.get("audience") or {})
        }
    floor, mine = taken.get("protection") or {}, said.get("protection") or {}
    if floor or mine:
        data["protection"] = {
            key: max(mine.get(key, False), floor.get(key, False)) for key in {**floor, **mine}
        }
    # Without units of its own an organisation is one unit.
    if "units" not in data:
        data["units"] = [{"id": "org", "name": said["client"]}]
    return Source(own.name, data, own.lines, own.problems)


def member_text(id: str, client: str, rest: str = "") -> str:
    """The file of a new engagement in a portfolio; ``id`` and ``client`` as YAML writes them."""
    return (
        "# An engagement of the portfolio in the folder above: what does not stand here is written\n"
        f'# in portfolio.yml there.\nhrkit: 1\nportfolio: "{UP}"\nid: {id}\nclient: {client}\n{rest}'
    )

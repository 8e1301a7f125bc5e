"""What an Office file says of itself outside its pages: title, author, language, day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hrkit.blocks import DocumentInfo
from hrkit.publish.sound import sound_text

__all__ = ["set_properties"]

#: Longest value that every program shows.
_LONGEST = 200


def set_properties(core: Any, info: DocumentInfo) -> None:
    """Fill in the core properties of python-docx and python-pptx; the time is the document's own day."""
    values = {
        "title": info.title,
        "author": info.author,
        "last_modified_by": info.author,
        "subject": info.subtitle,
        "keywords": info.mark,
        "category": info.confidentiality,
        "comments": "",
        "language": info.tag or info.language,
    }
    for name, value in values.items():
        setattr(core, name, " ".join(sound_text(value).split())[:_LONGEST])
    core.created = core.modified = dt.datetime.fromisoformat(info.stamp)
    core.revision = 1

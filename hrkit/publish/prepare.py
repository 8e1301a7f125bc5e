"""Blocks → the one JSON document that the page template reads, and the files it names."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrkit.blocks import (
    Block,
    DocumentInfo,
    Heading,
    inner_link,
    plain,
    sound_link,
    to_json,
    walk,
)
from hrkit.blocks.pictures import PREFIX, png
from hrkit.blocks.svg import drawing
from hrkit.errors import PublishError
from hrkit.publish.check import checked
from hrkit.publish.foreseen import foreseen
from hrkit.publish.normalise import clean, clean_svg_text

__all__ = ["Prepared", "prepare", "split", "without_gaps"]

# Values that are not read by people: left as they are.
_NOT_TEXT = frozenset(
    {"svg", "png", "art", "logo", "link", "type", "style", "tone", "shades", "id"}
)
_EDGE = 110  # characters of a running header or footer
#: Letters of the mark on every page: what it forbids stands at its end, and all of it has room beside short names.
_MARK = 60


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for the template: ``info``, ``blocks`` and files by name."""

    info: dict[str, Any]
    blocks: list[dict[str, Any]]
    files: Mapping[str, bytes]


def without_gaps(levels: Iterable[int]) -> list[int]:
    """Heading levels with none skipped, as PDF/UA asks.

    >>> without_gaps([2, 3, 3, 5, 1, 3])
    [1, 2, 2, 3, 1, 2]
    """
    given: list[int] = []  # the chain of given levels above and at the present heading
    result = []
    for level in levels:
        while given and given[-1] >= level:
            given.pop()
        given.append(level)
        result.append(len(given))
    return result


def split(blocks: Sequence[Block]) -> tuple[DocumentInfo, list[Block]]:
    """What holds for the document, and the blocks that are printed.

    A document that says nothing of itself has the title of its first heading, and is English.

    Raises
    ------
    PublishError
        If it says so twice.
    """
    infos = [block for block in blocks if isinstance(block, DocumentInfo)]
    body: list[Block] = [block for block in blocks if not isinstance(block, DocumentInfo)]
    if len(infos) > 1:
        raise PublishError("a document has one DocumentInfo block; this one has several")
    if infos:
        return infos[0], body
    titles = [plain(block.text) for block in walk(tuple(body)) if isinstance(block, Heading)]
    return DocumentInfo(title=next((t for t in titles if t.strip()), "–"), language="en"), body


def _running(info: DocumentInfo) -> DocumentInfo:
    """What runs along the edges of every page, short enough for it."""

    def short(text: str) -> str:
        return text if len(text) <= _EDGE else text[: _EDGE - 1].rstrip() + "…"

    return dataclasses.replace(
        info,
        header=short(info.header or info.title),
        footer=short(info.footer),
        client=short(info.client),
        author=short(info.author),
        confidentiality=short(info.confidentiality),
        mark=info.mark[:_MARK],
        words={key: word[:30] for key, word in info.words.items()},
    )


class _Preparing:
    """One pass over a document's JSON in reading order; lives for one call of `prepare`."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        headings = [b.level for b in walk(tuple(blocks)) if isinstance(b, Heading)]
        self.levels = iter(without_gaps(headings))
        self.files: dict[str, bytes] = {}
        self.ids: set[str] = set()

    def value(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if not isinstance(value, dict):
            return value
        out = {key: self.value(item) for key, item in value.items()}
        match out.get("type"):
            case "heading":
                out["level"] = next(self.levels)
                # What a link leads to: an address that holds, once in the document.
                sound = inner_link(f"#{out['id']}") and out["id"] not in self.ids
                out["id"] = out["id"] if sound else ""
                self.ids.add(out["id"])
            case "figure":
                out.pop("plots")  # the page shows the picture
                out["svg"], out["aspect"] = self.drawing(out["svg"], out["alt"])
            case "picture":
                out["file"] = f"picture-{len(self.files) + 1}.png"
                # Decoded and written anew: whatever it was, the renderer can read it.
                self.files[out["file"]] = png(base64.b64decode(out.pop("png")))
            case "cover":
                if out["art"]:
                    out["art"], out["aspect"] = self.drawing(out["art"], "the cover's art")
                out["logo_file"] = self.logo(out["logo"]) if out["logo"] else ""
        if "link" in out and not (sound_link(out["link"]) or inner_link(out["link"])):
            out["link"] = ""
        return out

    def drawing(self, svg: str, name: str) -> tuple[str, float]:
        try:
            return drawing(clean_svg_text(svg))
        except ValueError as error:
            raise PublishError(f"the figure “{name:.60}” cannot be printed: {error}") from error

    def logo(self, logo: str) -> str:
        if logo.startswith(PREFIX):
            try:
                content = png(base64.b64decode(logo.removeprefix(PREFIX), validate=True))
            except ValueError as error:
                raise PublishError(f"the logo cannot be printed: it {error}") from error
            name = "logo.png"
        else:
            content, name = self.drawing(logo, "logo")[0].encode(), "logo.svg"
        self.files[name] = content
        return name


def prepare(blocks: Sequence[Block | Mapping[str, Any]]) -> Prepared:
    """Checked, cleaned and completed blocks.

    Parameters
    ----------
    blocks
        Blocks or their JSON; at most one of them a `hrkit.blocks.DocumentInfo`.

    Returns
    -------
    Prepared
        Printable text only, heading levels without gaps, drawings that only draw.

    Raises
    ------
    PublishError
        With every problem found in the blocks.
    """
    info, body = split(checked(blocks))
    if not body:
        raise PublishError("the document is empty; run the notebook first")
    run = _Preparing(body)
    ready = clean(run.value(to_json(body)), _NOT_TEXT.__contains__)
    return Prepared(clean(to_json(_running(info))), foreseen(ready), run.files)

"""A chart's SVG, safe to stand inside another document.

A chart comes from a plotting library or from a stranger's notebook.  What is kept can
only draw: no script, no event, no address to fetch, no style that reaches outside; and it
has an end: in length, depth, elements, and in how often they are used again.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

__all__ = ["aspect", "drawing", "safe_svg"]

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"

_DRAWING = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "title",
        "desc",
        "style",
    ]
)
# Runs of limited length: a text of millions of "url(" takes no longer than it is long.
_URL = re.compile(r"url\(\s{0,9}['\"]?([^()'\"]{0,300})['\"]?\s{0,9}\)")
_NUMBER = re.compile(r"\s{0,9}([0-9.]{1,30}(?:[eE][-+]?[0-9]{1,3})?)")
_HREFS = ("href", _XLINK)

#: What a drawing may take. A chart of the kit has at most 0.3 MB, 4,000 elements and a depth of 9.
LONGEST, DEEPEST, MOST, MOST_DRAWN = 6_000_000, 64, 60_000, 300_000


class _Bounded(ElementTree.TreeBuilder):
    """Builds the tree as long as it stays within the bounds."""

    depth = count = 0

    def start(self, tag: Any, attrs: Any, /) -> ElementTree.Element:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            raise ValueError(f"the SVG is nested deeper than {DEEPEST}")
        if self.count > MOST:
            raise ValueError(f"the SVG has more than {MOST} elements")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag)


def _parse(svg: str) -> ElementTree.Element:
    if len(svg) > LONGEST:
        raise ValueError(f"the SVG is longer than {LONGEST / 1e6:g} MB")
    if "<!ENTITY" in svg:
        raise ValueError("an SVG with entity declarations is not used")
    try:
        parser = ElementTree.XMLParser(target=_Bounded())
        parser.feed(svg)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, UnicodeEncodeError) as error:
        raise ValueError(f"the SVG cannot be read: {error}") from error
    if root.tag not in {f"{{{_SVG}}}svg", "svg"}:
        raise ValueError("the picture is not an SVG")
    _bounded_use(root)
    return root


def _bounded_use(root: ElementTree.Element) -> None:
    """Refuse a drawing that uses parts of itself so often that drawing it would not end."""
    inside: dict[str, Counter[str]] = {}  # what the element of an id draws: its own, and by address
    own: dict[str, int] = {}
    total: Counter[str] = Counter()

    def visit(element: ElementTree.Element, within: tuple[str, ...]) -> None:
        if name := element.get("id", ""):
            inside.setdefault(name, Counter())
            own.setdefault(name, 0)
            within = (*within, name)
        used = [value[1:] for key in _HREFS if (value := element.get(key, "")).startswith("#")]
        for value in element.attrib.values():
            if "url(" in value:
                used += [found[1:] for found in _URL.findall(value) if found.startswith("#")]
        for holder in within:
            own[holder] += 1
            if used:
                inside[holder].update(used)
        total.update(used)
        for child in element:
            visit(child, within)

    visit(root, ())
    sizes: dict[str, int] = {}
    drawn = sum(count * _size(name, own, inside, sizes, ()) for name, count in total.items())
    if drawn > MOST_DRAWN:
        raise ValueError(f"the SVG draws parts of itself more than {MOST_DRAWN} times")


def _size(
    name: str,
    own: Mapping[str, int],
    inside: Mapping[str, Counter[str]],
    sizes: dict[str, int],
    path: tuple[str, ...],
) -> int:
    """How many elements a part draws, those it uses included."""
    if name in path or len(path) > DEEPEST:
        raise ValueError("the SVG uses parts of itself in a circle")
    if name not in sizes:
        if name not in own:
            return 0
        size = own[name]
        for used, count in inside[name].items():
            size += count * _size(used, own, inside, sizes, (*path, name))
            if size > MOST_DRAWN:
                raise ValueError(f"the SVG draws parts of itself more than {MOST_DRAWN} times")
        sizes[name] = size
    return sizes[name]


def aspect(svg: str) -> float:
    """Height divided by width, from the view box or else from the size.

    Raises
    ------
    ValueError
        When the text is no SVG or has no size.
    """
    return _aspect(_parse(svg))


def _aspect(root: ElementTree.Element) -> float:
    box = root.get("viewBox", "").replace(",", " ").split()
    sizes = box[2:4] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [_NUMBER.match(size) for size in sizes]
    try:
        values = [float(match.group(1)) for match in found if match]
    except ValueError:
        values = []
    if len(values) != 2 or min(values) <= 0:
        raise ValueError("the SVG has neither a view box nor a size")
    if not 0.01 < values[1] / values[0] < 100:
        raise ValueError("the SVG is a hundred times as long as it is wide, or the reverse")
    return values[1] / values[0]


def safe_svg(svg: str, salt: str = "") -> str:
    """The drawing alone, with ids that are its own.

    Parameters
    ----------
    svg
        SVG as a plotting library writes it.
    salt
        Distinguishes two copies of one picture on a page.

    Returns
    -------
    str
        SVG without prolog, scripts, events, outside addresses and page-wide styles.

    Raises
    ------
    ValueError
        When the text is no SVG.
    """
    return _safe(_parse(svg), svg, salt)


def drawing(svg: str) -> tuple[str, float]:
    """The drawing alone, as `safe_svg` gives it, and its `aspect`; read once for both.

    Raises
    ------
    ValueError
        When the text is no SVG or has no size.
    """
    root = _parse(svg)
    drawn = _safe(root, svg, "")
    return drawn, _aspect(root)


def _safe(root: ElementTree.Element, svg: str, salt: str) -> str:
    """The drawing alone; ``root`` is what was read of ``svg``, and is changed."""
    # A stylesheet can point anywhere at once, so it may use what holds nothing that is drawn.
    paints = {
        element.get("id", "")
        for element in root.iter()
        if isinstance(element.tag, str) and element.tag.endswith("Gradient")
    }
    mark = "h" + hashlib.sha256((salt + svg).encode("utf-8", "replace")).hexdigest()[:10]

    def own(text: str) -> str:
        """Addresses inside the picture follow its ids; all others go."""
        return _URL.sub(
            lambda m: f"url(#{mark}-{m[1][1:]})" if m[1].startswith("#") else "none", text
        )

    def visit(element: ElementTree.Element) -> None:
        for name, value in list(element.attrib.items()):
            local = name.rsplit("}", 1)[-1].lower()
            del element.attrib[name]
            if local == "id":
                element.set("id", f"{mark}-{value}")
            elif local == "href":
                if value.startswith("#"):
                    element.set(_XLINK, f"#{mark}-{value[1:]}")
            elif not local.startswith("on") and "}" not in name:
                element.set(name, own(value) if "url(" in value else value)
        for child in list(element):
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag.removeprefix(f"{{{_SVG}}}") not in _DRAWING:
                tail = child.tail
                element.remove(child)
                if tail and tail.strip():
                    element.text = (element.text or "") + tail
                continue
            visit(child)
            if tag.endswith("style"):
                plain = _URL.sub(
                    lambda m: m[0] if m[1].removeprefix("#") in paints else "none", child.text or ""
                )
                child.text = _scoped(own(plain), mark)

    visit(root)
    root.set("id", mark)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK[1:].split("}")[0])
    return ElementTree.tostring(root, encoding="unicode")


def _scoped(css: str, mark: str) -> str:
    """Rules that hold inside the picture only; a stylesheet with at-rules is dropped."""
    if "@" in css or "<" in css:
        return ""
    rules = []
    for rule in css.split("}")[:-1]:
        selectors, brace, body = rule.rpartition("{")
        if brace and "{" not in selectors:
            scoped = ", ".join(f"#{mark} {name.strip()}" for name in selectors.split(","))
            rules.append(f"{scoped} {{{body.strip()}}}")
    return " ".join(rules)

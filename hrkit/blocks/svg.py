"""A chart's SVG, safe to stand inside another document.

A chart comes from a plotting library or from a stranger's notebook.  What is kept can
only draw: no script, no event, no address to fetch, no style that reaches outside.
"""

from __future__ import annotations

import hashlib
import re
from xml.etree import ElementTree

__all__ = ["aspect", "safe_svg"]

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
_URL = re.compile(r"url\(\s*['\"]?([^)'\"]*)['\"]?\s*\)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NUMBER = re.compile(r"\s*([0-9.]+(?:[eE][-+]?[0-9]+)?)")


def _parse(svg: str) -> ElementTree.Element:
    if "<!ENTITY" in svg:
        raise ValueError("an SVG with entity declarations is not used")
    try:
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"the SVG cannot be read: {error}") from error
    if root.tag not in {f"{{{_SVG}}}svg", "svg"}:
        raise ValueError("the picture is not an SVG")
    return root


def aspect(svg: str) -> float:
    """Height divided by width, from the view box or else from the size.

    Raises
    ------
    ValueError
        When the text is no SVG or has no size.
    """
    root = _parse(svg)
    box = root.get("viewBox", "").replace(",", " ").split()
    sizes = box[2:4] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [_NUMBER.match(size) for size in sizes]
    values = [float(match.group(1)) for match in found if match]
    if len(values) != 2 or min(values) <= 0:
        raise ValueError("the SVG has neither a view box nor a size")
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
    root = _parse(svg)
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
                element.set(name, own(value))
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
                child.text = _scoped(own(child.text or ""), mark)

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
    for selectors, body in _RULE.findall(css):
        scoped = ", ".join(f"#{mark} {name.strip()}" for name in selectors.split(","))
        rules.append(f"{scoped} {{{body.strip()}}}")
    return " ".join(rules)

from __future__ import annotations

import pytest

from hrkit.blocks.svg import aspect, safe_svg

HOSTILE = """<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 viewBox="0 0 20 10" onload="alert(1)">
 <metadata>machine</metadata>
 <style>*{stroke-linecap:butt} .a, .b{fill:url(http://x/y)}</style>
 <style>@import url(http://x/y.css);</style>
 <script>alert(1)</script><foreignObject><b>x</b></foreignObject>
 <image href="file:///etc/passwd"/><a href="javascript:alert(1)"><path d="M0 0"/></a>
 <defs><clipPath id="c"><rect width="1" height="1"/></clipPath></defs>
 <g clip-path="url(#c)" style="fill:url('http://x/y')"><use xlink:href="#c"/>
 <use href="http://x/y#z"/></g><text>a &lt;b&gt;</text></svg>"""


def test_only_the_drawing_is_kept() -> None:
    safe = safe_svg(HOSTILE)
    for gone in ("script", "onload", "foreignObject", "http://x", "javascript", "file:", "machine"):
        assert gone not in safe
    assert "@import" not in safe
    assert "a &lt;b&gt;" in safe
    assert safe.startswith("<svg ")


def test_ids_are_the_drawings_own_and_still_meet() -> None:
    one, two = safe_svg(HOSTILE, "1"), safe_svg(HOSTILE, "2")
    name = one.split('id="')[1].split('"')[0]
    assert f'id="{name}-c"' in one
    assert f"url(#{name}-c)" in one
    assert f'href="#{name}-c"' in one
    assert name not in two
    assert one == safe_svg(HOSTILE, "1")


def test_styles_hold_inside_the_drawing_only() -> None:
    safe = safe_svg(HOSTILE)
    name = safe.split('id="')[1].split('"')[0]
    assert f"#{name} * {{stroke-linecap:butt}}" in safe
    assert f"#{name} .a, #{name} .b" in safe


@pytest.mark.parametrize("text", ["", "<html/>", "<svg", '<!DOCTYPE s [<!ENTITY a "b">]><svg/>'])
def test_what_is_no_svg_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        safe_svg(text)


def test_aspect_comes_from_the_view_box_or_the_size() -> None:
    assert aspect(HOSTILE) == 0.5
    assert aspect('<svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="10pt"/>') == 0.25
    with pytest.raises(ValueError):
        aspect('<svg xmlns="http://www.w3.org/2000/svg" width="40pt" height="0"/>')


N = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'


def laughs(tag: str, use: str, times: int = 11) -> str:
    """Each part draws the one before ten times."""
    parts = "".join(
        f'<{tag} id="a{i}">' + use.format(i - 1) * 10 + f"</{tag}>" for i in range(1, times)
    )
    last = use.format(times - 1)
    return f'<svg {N}><{tag} id="a0"><path d="M0 0h1"/></{tag}>{parts}{last}</svg>'


@pytest.mark.parametrize(
    "svg",
    [
        f"<svg {N}>" + "<g>" * 20_000 + "</g>" * 20_000 + "</svg>",
        f"<svg {N}>" + "<g/>" * 70_000 + "</svg>",
        laughs("g", '<use href="#a{}"/>'),
        laughs("pattern", '<rect fill="url(#a{})"/>'),
        f'<svg {N}><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
        f'<svg {N}><path d="' + "M0 0" * 2_000_000 + '"/></svg>',
    ],
    ids=["deep", "many", "uses", "patterns", "circle", "long"],
)
def test_a_drawing_has_an_end(svg: str) -> None:
    with pytest.raises(ValueError):
        safe_svg(svg)


@pytest.mark.parametrize("box", ["0 0 1 99999", "0 0 99999 1", "0 0 1e999 1"])
def test_a_drawing_has_a_shape(box: str) -> None:
    with pytest.raises(ValueError):
        aspect(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"/>')


def test_a_stylesheet_paints_with_gradients_and_nothing_else() -> None:
    safe = safe_svg(
        f"<svg {N}><style>.a{{fill:url(#g)}} .b{{fill:url(#p)}}</style>"
        '<linearGradient id="g"/><pattern id="p"><rect class="b"/></pattern></svg>'
    )
    assert safe.count("url(#") == 1

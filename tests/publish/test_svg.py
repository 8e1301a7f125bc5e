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

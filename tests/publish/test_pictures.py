"""Logos and pictures are taken by what they hold, within bounds."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from hrkit.blocks import Cover, DocumentInfo, Heading, Picture
from hrkit.blocks.pictures import check_logo, logo, png
from hrkit.errors import PublishError
from hrkit.publish.pdf import render_pdf
from hrkit.publish.word import render_word

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><rect width="1" height="1"/></svg>'
)


def drawn(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 20)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", drawn("PNG")),
        ("a.png", drawn("PNG", "RGBA")),
        ("a.png", drawn("PNG", "P")),
        ("a.png", drawn("PNG", "1")),
        ("a.png", drawn("PNG", "I;16")),
        ("a.png", drawn("JPEG")),
        ("a.png", drawn("JPEG", "CMYK")),
        ("a.png", SVG),
        ("a.svg", drawn("PNG")),
        ("a.svg", b"\xef\xbb\xbf" + SVG),
    ],
)
def test_a_logo_is_printed_whatever_its_name_says(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert check_logo(path) is None
    blocks = (DocumentInfo("T", "en"), Cover("T", logo=logo(path), logo_alt="A sign"), Heading("H"))
    assert render_pdf(blocks).startswith(b"%PDF")
    assert render_word(blocks).startswith(b"PK")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "no picture"),
        (b"<html></html>", "no picture"),
        (drawn("BMP"), "no picture"),
        (drawn("PNG")[:-40], "no picture"),
        (drawn("PNG", "L", (8000, 6000)), "40 million pixels"),
        (b"\x89PNG\r\n\x1a\n" + bytes(10_000_001), "larger than 10 MB"),
        (b"<svg", "cannot be read"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">æ</svg>'.encode("latin-1"),
            "UTF-8",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><image/></svg>',
            "draws nothing",
        ),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg">'
            + b"<g>" * 20000
            + b"</g>" * 20000
            + b"</svg>",
            "deeper",
        ),
    ],
)
def test_a_logo_that_cannot_be_printed_is_refused_in_words(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(data)
    problem = check_logo(path, "engagement.yml, branding.logo")
    assert problem is not None and said in problem.what
    assert problem.where == "engagement.yml, branding.logo"


def test_a_large_picture_is_made_as_large_as_a_page_needs() -> None:
    with Image.open(io.BytesIO(png(drawn("PNG", "RGB", (5000, 2500))))) as made:
        assert made.size == (1700, 850)


@pytest.mark.parametrize("data", ["AAAA", "no base64!", base64.b64encode(b"GIF89a").decode()])
def test_a_picture_of_a_stranger_s_notebook_is_checked(data: str) -> None:
    with pytest.raises(PublishError, match="a picture cannot be printed"):
        render_pdf((Heading("H"), Picture(data, "x")))
    with pytest.raises(PublishError, match="no alt text"):
        render_pdf((Heading("H"), Picture(base64.b64encode(drawn("PNG")).decode(), " ")))

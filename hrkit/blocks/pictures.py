"""Pictures of pixels and logos, taken by what they hold and not by what they are called.

A picture is read whole, turned the right way up and written anew as PNG: what comes out can be
shown by every program, holds nothing but pixels, and is no larger than a page can use.
"""

from __future__ import annotations

import base64
import io
import stat
from pathlib import Path

from hrkit.blocks.svg import drawing
from hrkit.errors import Problem

__all__ = ["PREFIX", "base64_png", "check_logo", "logo", "png"]

#: How a PNG stands in a `hrkit.blocks.Cover`.
PREFIX = "data:image/png;base64,"

#: Bytes of a file, and pixels: far above any logo or chart, far below what stops a machine.
LARGEST, MOST_PIXELS = 10_000_000, 40_000_000
#: The longer side of a picture on a page (200 dots per inch over the paper's width), of a logo.
_PAGE, _LOGO = 1700, 900
_KINDS = ("PNG", "JPEG", "GIF", "WEBP")


def png(data: bytes, longest: int = _PAGE) -> bytes:
    """A picture as PNG.

    Parameters
    ----------
    data
        PNG, JPEG, GIF (its first picture) or WebP.
    longest
        Pixels of its longer side; a larger one is made smaller.

    Returns
    -------
    bytes
        The same for the same picture.

    Raises
    ------
    ValueError
        In words for its maker, when it is something else, damaged or too large.
    """
    from PIL import Image, ImageOps

    if len(data) > LARGEST:
        raise ValueError(f"is larger than {LARGEST / 1e6:g} MB")
    large = False
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as found:
            large = found.width * found.height > MOST_PIXELS
            picture = Image.new("L", (1, 1)) if large else ImageOps.exif_transpose(found)
    except Image.DecompressionBombError:
        large = True
    except Exception as error:  # a damaged file makes a decoder raise whatever it meets
        raise ValueError("is no picture that can be read (PNG, JPEG)") from error
    if large:
        raise ValueError(f"has more than {MOST_PIXELS // 1_000_000} million pixels")
    seen = "RGBA" if picture.has_transparency_data else "L" if picture.mode in "1L" else "RGB"
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):  # 16 bits of grey
        picture = picture.convert("F").point(lambda value: value / 257).convert("L")
    picture = picture.convert(seen)
    picture.thumbnail((longest, longest))
    out = io.BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(out, "PNG", optimize=True)
    return out.getvalue()


def base64_png(data: bytes, longest: int = _PAGE) -> str:
    """A picture as PNG in base64, as `hrkit.blocks.Picture` holds it; errors as `png`."""
    return base64.b64encode(png(data, longest)).decode("ascii")


def _is_svg(data: bytes) -> bool:
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg"))


def logo(path: Path) -> str:
    """A logo as `hrkit.blocks.Cover` takes it: SVG text, or a PNG as a data address.

    Raises
    ------
    ValueError
        In words for its maker, when it cannot be used.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise ValueError("is no file")
        if about.st_size > LARGEST:
            raise ValueError(f"is larger than {LARGEST / 1e6:g} MB")
        data = path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from error
    if not data:
        raise ValueError("is empty")
    if not _is_svg(data):
        return PREFIX + base64_png(data, _LOGO)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is an SVG that is not saved as UTF-8") from None
    drawn, _ = drawing(text)
    if not any(f"<{part}" in drawn for part in _DRAWN):
        raise ValueError("draws nothing but, perhaps, a picture of pixels inside an SVG")
    return text


_DRAWN = ("path", "rect", "circle", "ellipse", "line ", "poly", "text", "use")


def check_logo(path: Path, where: str = "") -> Problem | None:
    """What keeps a logo from being printed; None if nothing does.

    Parameters
    ----------
    path
        The file; whether it may lie there is the caller's to decide.
    where
        Where it is named, for the message; the file's own name if empty.
    """
    try:
        logo(path)
    except ValueError as error:
        fix = f"save it as SVG or as a PNG below {LARGEST / 1e6:g} MB"
        return Problem(where or path.name, f"{path.name}: {error}", fix)
    return None

"""A form as one file, for people without a network: one perspective, every language, nothing loaded.

The page is the same script as everywhere; what a desk does for an open page, a small script within the
file does in memory.  Nothing is kept on the disk unless the person saves: then the browser writes a
file of answers, which they send back and `hrkit import` takes (`hrkit.answers.readers.returned`).
The policy in its head lets exactly these scripts and styles run and nothing be fetched or sent.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import json
from importlib import resources
from typing import Any

from hrkit.answers.codes import ALPHABET
from hrkit.answers.readers.returned import FORMAT, SUFFIX
from hrkit.forms import pages
from hrkit.forms.session import LONGEST
from hrkit.model.engagement import Engagement, Wave

__all__ = ["offline_form"]

_UI = "forms.file."


def offline_form(
    engagement: Engagement, wave: Wave, perspective: str, today: dt.date | None = None
) -> str:
    """The page.

    Parameters
    ----------
    engagement
        As the wave is asked, with its units.
    today
        A closing day that has passed is not shown.
    """
    languages = engagement.languages
    own = engagement.language
    data = {
        "format": FORMAT,
        "suffix": SUFFIX,
        "engagement": engagement.id,
        "client": engagement.client,
        "instrument": engagement.instrument.id,
        "version": engagement.instrument.version,
        "wave": wave.id,
        "perspective": perspective,
        "units": [unit.id for unit in engagement.units],
        "language": own,
        "longest": LONGEST,
        "alphabet": ALPHABET,
        "opening": pages.opening(own),
        "pages": {one: _welcome(engagement, wave, perspective, one, today) for one in languages},
        "forms": {one: _form(engagement, perspective, one) for one in languages},
        "words": {one: _words(engagement, one) for one in languages},
    }
    form = _source("questionnaire.js").replace("export default { render };", "")
    script = f'"use strict";\n(() => {{\n{form}\n{_source("offline.js")}\n}})();\n'
    style = _source("questionnaire.css") + _source("offline.css")
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    role = pages.role_name(engagement.instrument, perspective, own)
    title = html.escape(f"{engagement.instrument.title[own]} · {role} · {engagement.client}")
    return (
        f'<!doctype html>\n<html lang="{html.escape(own)}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{title}</title>\n'
        f'<style>{style}</style>\n<body class="phone">\n<main id="main"></main>\n'
        f'<script type="application/json" id="data">{_safe(data)}</script>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _welcome(
    engagement: Engagement, wave: Wave, perspective: str, language: str, today: dt.date | None
) -> dict[str, Any]:
    """The first page; nothing is saved as one goes, and nothing else is said."""
    w = engagement.words(language)
    page = pages.welcome_page(engagement, wave, language, perspective, today=today)
    otherwise = {w("forms.welcome.choice.text"): w(_UI + "choice")}
    points = [{**one, "text": otherwise.get(one["text"], one["text"])} for one in page["points"]]
    return page | {"points": points}


def _form(engagement: Engagement, perspective: str, language: str) -> dict[str, Any]:
    """The pages; where somebody works is said when they begin, and stands in no title."""
    made = pages.form(engagement, perspective, engagement.root.id, language)
    who = pages.role_name(engagement.instrument, perspective, language)
    names = engagement.words(language)(_UI + "names")
    return made | {"who": who, "ui": made["ui"] | {"names": names}}


def _words(engagement: Engagement, language: str) -> dict[str, Any]:
    w = engagement.words(language)
    who = pages.contact(engagement.consultant)
    found = {k.removeprefix(_UI): t for k, t in w.entries.items() if k.startswith(_UI)}
    refused = {name: w(f"forms.refused.{name}") for name in ("unit", "tier", "pair", "value")}
    return found | {
        "send": w(_UI + "send", contact=who),
        **{f"no_{k}": t for k, t in refused.items()},
    }


def _safe(data: Any) -> str:
    """JSON within a page: no sign in it ends its element or begins another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _source(name: str) -> str:
    return (resources.files("hrkit.forms") / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """How a policy names what may run."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"

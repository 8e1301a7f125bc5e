"""Sentences that few reports have: importance that was rated, and a statement that many did not rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.report.reader.held import Check, Found, Tables, means, same, statements
from tests.report.reader.names import number, share

#: As `grammar.SENTENCES`.
FEW: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "why_rated": {
        "en": ("{D:d}: {M:m}. Importance {N:n}", "{M:m}. Importance {N:n}"),
        "da": ("{D:d}: {M:m}. Vigtighed {N:n}", "{M:m}. Vigtighed {N:n}"),
        "nl": ("{D:d}: {M:m}. Belang {N:n}", "{M:m}. Belang {N:n}"),
    },
    "unrated_statement": {
        "en": ("On “{X}”, {P:p} of the answers from {G:g} are [w=“don’t know”|“not relevant”|no rating]",),
        "da": ("Til ”{X}” er {P:p} af svarene fra {G:g} [w=”ved ikke”|”ikke relevant”|ikke en vurdering]",),
        "nl": ("Bij ‘{X}’ is {P:p} van de antwoorden van {G:g} [w=‘weet ik niet’|‘niet van toepassing’|geen oordeel]",),
    },
}  # fmt: skip
_ASIDE = ("“not relevant”", "”ikke relevant”", "‘niet van toepassing’")
_UNKNOWN = ("“don’t know”", "”ved ikke”", "‘weet ik niet’")


def why_rated(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Where both sides stand, and how important it was rated."""
    d = t.dimension(f["d"]) if "d" in f else t.section
    yield from means(t, f["m"], d)
    one = next(p for p in t.released.priorities if p.measure == d)
    yield from same(f"{d}: importance", number(f["n"]), one.importance)


def unrated(t: Tables, f: Found, text: str) -> Iterator[str]:
    """Some statement of the page's dimension was left so by such a share of the group."""
    group = t.names.group(f["g"])
    rows = [t.released.silence(m, group) for m in statements(t).values()]
    scores = [t.released.score(m, group, t.root) for m in statements(t).values()]
    known = (
        [r.not_relevant for r in rows] if f["w"] in _ASIDE
        else [r.dont_know for r in rows] if f["w"] in _UNKNOWN
        else [s.dont_know for s in scores]
    )  # fmt: skip
    if not any(abs(share(f["p"]) - (one or 0.0)) < 0.005 + 1e-9 for one in known):
        yield f"{group}: shares are {known}, and not {f['p']}"


#: Claim to its check.
FEW_CHECKS: Mapping[str, Check] = {"why_rated": why_rated, "unrated_statement": unrated}

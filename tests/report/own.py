"""Small instruments of a client's own, as plain data: each lacks what another report takes for granted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrkit import synthetic
from hrkit.model.engagement import Engagement

Data = dict[str, Any]


def en(text: str) -> dict[str, str]:
    return {"en": text}


def scale(low: int, high: int) -> Data:
    values = [{"value": v, "label": en(f"mark {v}")} for v in range(low, high + 1)]
    return {"kind": "rating", "values": values, "dont_know": en("Cannot say")}


CHOICE: Data = {
    "kind": "category",
    "values": [{"value": v, "label": en(v.title())} for v in ("daily", "weekly", "never")],
    "dont_know": en("Cannot say"),
}
SCALES: Data = {
    "five": scale(1, 5), "seven": scale(1, 7), "choice": CHOICE, "text": {"kind": "text"},
}  # fmt: skip


def facet(scale: str, label: str, release: str = "") -> Data:
    return {"scale": scale, "label": en(label), **({"release": release} if release else {})}


def section(
    id: str, facets: list[str], count: int = 3, tags: tuple[str, ...] = (), **more: Any
) -> Data:
    about = {"tags": list(tags)} if tags else {}
    items = [
        {
            "id": f"{id}.{i}",
            "source": {"ref": "own"},
            "text": {"any": en(f"Asked about {id} {i}")},
            **about,
        }
        for i in range(1, count + 1)
    ]
    return {"id": id, "name": en(f"Section {id}"), "about": en(f"About {id}."),
            "facets": facets, "items": items, **more}  # fmt: skip


def instrument(facets: Data, *sections: Data, asked: tuple[str, ...] = ("crew",)) -> Data:
    used = {facet["scale"] for facet in facets.values()}
    return {
        "id": "own", "version": "1.0.0", "languages": ["en"],
        "title": en("Own survey"), "intro": en("Say how you see it."),
        "perspectives": {"asked": list(asked), "names": {p: en(p.title()) for p in asked}},
        "sources": {"own": {"title": "Own"}},
        "scales": {name: SCALES[name] for name in sorted(used)},
        "facets": facets,
        "sections": list(sections),
    }  # fmt: skip


INSTRUMENTS: Mapping[str, Data] = {
    "one dimension": instrument({"agree": facet("five", "Agreement")}, section("work", ["agree"])),
    "one pillar, not described": {
        **instrument(
            {"agree": facet("five", "Agreement")}, section("work", ["agree"], tags=("pillar.calm",))
        ),
        "pillars": [{"id": "pillar.calm", "name": en("Calm")}],
    },
    "no section scored": instrument(
        {"agree": facet("five", "Agreement")}, section("work", ["agree"], score=False)
    ),
    "only choices": instrument({"often": facet("choice", "How often")}, section("work", ["often"])),
    # Somebody writes: the made-up comments come from leaders.
    "only texts": instrument(
        {"say": facet("text", "In your words")}, section("work", ["say"]), asked=("leader",)
    ),
    "seven points": instrument(
        {"agree": facet("seven", "Agreement")}, section("work", ["agree"]), section("home", ["agree"])
    ),
    "a dimension and more": instrument(
        {"agree": facet("five", "Agreement"), "matter": facet("seven", "How much it matters"),
         "often": facet("choice", "How often"), "say": facet("text", "In your words")},
        section("work", ["agree", "matter", "often"]),
        section("home", ["matter", "often"], score=False),
        section("open", ["say"], count=1),
    ),
    "two groups without sides": instrument(
        {"agree": facet("five", "Agreement"), "often": facet("choice", "How often")},
        section("work", ["agree", "often"], score=False),
        asked=("crew", "desk"),
    ),
    "everything held back": instrument(
        {"agree": facet("five", "Agreement", "nothing"), "often": facet("choice", "How often", "counts"),
         "spread": facet("five", "Spread", "shares"), "say": facet("text", "In your words", "counts")},
        section("work", ["agree", "often", "spread"]),
        section("open", ["say"], count=1),
    ),
    "many choices an item": instrument(
        {f"role{i}": facet("choice", f"Role of {i}") for i in range(6)},
        section("work", [f"role{i}" for i in range(6)], count=2),
    ),
}  # fmt: skip


def client(name: str, people: Mapping[str, int] | None = None) -> synthetic.Client:
    """A made-up client who asks one of `INSTRUMENTS`."""
    asked = INSTRUMENTS[name]["perspectives"]["asked"]
    groups = people or dict.fromkeys(asked, 24)
    remarks = tuple((f"work.{1 + i % 3}", f"A remark, number {i}.") for i in range(9))
    return synthetic.Client(
        id="own-client",
        name="Own & Co",
        language="en",
        languages=("en",),
        wave=en("autumn"),
        units=(("own-client", "Own & Co", None),),
        people={"own-client": {p: (n, n + 3) for p, n in groups.items()}},
        audience=en("Everybody."),
        consultant={"name": "A B"},
        instrument="own",
        comments=remarks if asked == ["leader"] else (),
    )


def write(name: str, folder: Path) -> None:
    """An engagement folder that asks one of `INSTRUMENTS`, without answers."""
    import yaml

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.yml").write_text(yaml.safe_dump(INSTRUMENTS[name], allow_unicode=True), "utf-8")
    settings = {
        "hrkit": 1, "id": "own-client", "client": "Own & Co", "consultant": {"name": "A B"},
        "language": "en", "languages": ["en"], "instrument": "own",
        "units": [{"id": "own-client", "name": "Own & Co"}],
        "waves": [{"id": "w1", "name": en("autumn"), "opens": "2026-10-05"}],
        "protection": {"scores": 5, "details": 10}, "audience": en("Everybody."), "synthetic": True,
    }  # fmt: skip
    (folder / "engagement.yml").write_text(yaml.safe_dump(settings), "utf-8")


def build(name: str, folder: Path, people: Mapping[str, int] | None = None) -> Engagement:
    """An engagement that asks one of `INSTRUMENTS`, with SYNTHETIC answers."""
    write(name, folder)
    return synthetic.build(client(name, people), folder)

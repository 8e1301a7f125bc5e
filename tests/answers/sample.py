"""The small engagement that the tests use, a row of answers to it, and all that a store holds."""

import sqlite3

import sqlalchemy as sa

from hrkit.storage import database

ENGAGEMENT = """\
hrkit: 1
id: acme
client: "Åkær & Søn"
consultant: {name: "C"}
language: da
languages: [da, en, nl]
instrument: small
units:
  - {id: all, name: "Acme"}
  - {id: north, name: "Nord", parent: all}
  - {id: south, name: "Syd", parent: all}
  - {id: south2, name: "Syd", parent: all}
waves:
  - {id: w1, name: {en: "Spring", da: "Forår", nl: "Voorjaar"}}
  - {id: w2, name: {en: "Autumn", da: "Efterår", nl: "Najaar"}}
audience: {en: "The board", da: "Ledelsen", nl: "De directie"}
"""

HEADER = ["code", "wave", "unit", "perspective", "trust.01", "trust.02", "trust.03", "open.good"]
ROW = ["001", "w1", "north", "leader", "4", "Enig", "dk", "NA"]


def dump(engagement):
    """Every row of every table, to see that nothing changed."""
    url = database.locate(engagement.store or "answers.sqlite", engagement.folder)
    if (path := database.file_of(url)) is not None:
        with sqlite3.connect(path) as connection:
            return sorted(connection.iterdump())
    engine = database.connect(url)
    with database.reading(engine, "store") as connection:
        found = []
        for name in sorted(sa.inspect(connection).get_table_names()):
            rows = connection.execute(sa.text(f"SELECT * FROM {name}"))
            found += sorted(f"{name} {tuple(row)}" for row in rows)
    return found

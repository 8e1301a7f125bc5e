"""The small engagement that the tests use, and a row of answers to it."""

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

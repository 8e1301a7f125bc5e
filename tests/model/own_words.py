"""A client's own words in three languages, some of the other gender than the kit's."""

from __future__ import annotations

TERMS = {
    "hr_partner": {
        "en": {"one": "people adviser", "many": "people advisers", "a": "a people adviser"},
        "da": {"one": "HR-konsulent", "def": "HR-konsulenten", "many": "HR-konsulenter",
               "def_many": "HR-konsulenterne", "article": "en"},
        "nl": {"one": "HR-adviseur", "many": "HR-adviseurs", "article": "de"},
    },
    "top_management": {
        "en": {"one": "executive board", "def": "the executive board"},
        "da": {"one": "direktion", "def": "direktionen", "article": "en"},
        "nl": {"one": "directie", "article": "de"},
    },
    "top_manager": {
        "en": {"one": "board member", "many": "board members", "a": "a board member"},
        "da": {"one": "direktør", "def": "direktøren", "many": "direktører",
               "def_many": "direktørerne", "article": "en"},
        "nl": {"one": "directielid", "many": "directieleden", "article": "het"},
    },
    "citizen": {
        "en": {"one": "pupil", "many": "pupils", "a": "a pupil"},
        "da": {"one": "barn", "def": "barnet", "many": "børn", "def_many": "børnene",
               "article": "et"},
        "nl": {"one": "kind", "many": "kinderen", "article": "het"},
    },
    "unit": {
        "en": {"one": "ward", "many": "wards", "a": "a ward"},
        "da": {"one": "område", "def": "området", "many": "områder", "def_many": "områderne",
               "article": "et"},
        "nl": {"one": "team", "many": "teams", "article": "het"},
    },
}  # fmt: skip

#: The kit's words that must not be read any more, as patterns.
REPLACED = {
    "en": r"\bHR partners?\b|\b[Tt]op manage|\b[Cc]itizen|\b[Cc]ustomer|\b[Uu]nits?\b",
    "da": r"HR-partner|[Tt]opled|[Bb]orger|\b[Kk]unde|\b(?:under)?[Ee]nhed",
    "nl": r"HR-partner|[Tt]opmanag|[Bb]urger|\b[Kk]lant|[Aa]fdeling",
}

"""The sentences of a report that say more than a name, by what they claim, in each language.

Written down from printed pages, not from the texts of the kit: ``{D}`` is a dimension, ``{G}`` a group of
people, ``{N}`` a number with a decimal, ``{S}`` one with a sign, ``{P}`` a share, ``{I}`` a count, ``{M}`` means
of groups, ``{U}`` a unit, ``{T}`` a tier, ``{L}`` a pillar, ``{X}`` anything; ``[name=a|b]`` one of some words.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Claim to language to the sentences that make it.
SENTENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "gap": {
        "en": ("On {D:d} the score [w=is clearly|appears to be] higher for {G:g} ({N:a}) than for {G:h} ({N:b}); the difference is {N:x} ({N:low} to {N:high})",
               "{D:d}: [w=clearly|apparently] higher for {G:g} ({N:a}) than for {G:h} ({N:b})",
               "The two sides [w=clearly|appear to] see {D:d} differently ({G:g} {N:a}, {G:h} {N:b})",
               "They [w=clearly|appear to] see {D:d} differently ({G:g} {N:a}, {G:h} {N:b})"),
        "da": ("På {D:d} [w=er vurderingen tydeligt|ser vurderingen ud til at være] højere hos {G:g} ({N:a}) end hos {G:h} ({N:b}); forskellen er {N:x} ({N:low} til {N:high})",
               "{D:d}: [w=tydeligt|tilsyneladende] højere hos {G:g} ({N:a}) end hos {G:h} ({N:b})",
               "De to parter [w=ser tydeligt|ser ud til at se] forskelligt på {D:d} ({G:g} {N:a}, {G:h} {N:b})",
               "De [w=ser tydeligt|ser ud til at se] forskelligt på {D:d} ({G:g} {N:a}, {G:h} {N:b})"),
        "nl": ("Op {D:d} [w=is de score duidelijk|lijkt de score] hoger bij {G:g} ({N:a}) dan bij {G:h} ({N:b}); het verschil is {N:x} ({N:low} tot {N:high})",
               "{D:d}: [w=duidelijk|ogenschijnlijk] hoger bij {G:g} ({N:a}) dan bij {G:h} ({N:b})",
               "Over {D:d} [w=denken beide partijen duidelijk verschillend|lijken beide partijen verschillend te denken] ({G:g} {N:a}, {G:h} {N:b})",
               "Over {D:d} [w=denken ze duidelijk verschillend|lijken ze verschillend te denken] ({G:g} {N:a}, {G:h} {N:b})"),
    },
    "apart": {
        "en": ("{D:d}: a level or more between {G:g} ({N:a}) and {G:h} ({N:b})",
               "The two sides are far apart on {D:d}: {G:g} {N:a}, {G:h} {N:b}",
               "The two sides are far apart on {I:n} of {I:of} dimensions, for instance on {D:d}: {G:g} {N:a}, {G:h} {N:b}"),
        "da": ("{D:d}: et niveau eller mere mellem {G:g} ({N:a}) og {G:h} ({N:b})",
               "De to parter ligger langt fra hinanden på {D:d}: {G:g} {N:a}, {G:h} {N:b}",
               "De to parter ligger langt fra hinanden på {I:n} af {I:of} dimensioner, blandt andet på {D:d}: {G:g} {N:a}, {G:h} {N:b}"),
        "nl": ("{D:d}: een niveau of meer tussen {G:g} ({N:a}) en {G:h} ({N:b})",
               "Beide partijen liggen ver uit elkaar op {D:d}: {G:g} {N:a}, {G:h} {N:b}",
               "Beide partijen liggen ver uit elkaar op {I:n} van de {I:of} dimensies, onder meer op {D:d}: {G:g} {N:a}, {G:h} {N:b}"),
    },
    "untold": {
        "en": ("{D:d}: no difference that is certain ({M:m})",),
        "da": ("{D:d}: ingen sikker forskel ({M:m})",),
        "nl": ("{D:d}: geen verschil dat vaststaat ({M:m})",),
    },
    "high": {
        "en": ("{D:d}: rated high by both sides ({MM:mm})", "Both sides rate {D:d} high"),
        "da": ("{D:d}: høje tal hos begge parter ({MM:mm})", "Begge parter giver {D:d} høje tal"),
        "nl": ("{D:d}: hoog bij beide partijen ({MM:mm})", "Beide partijen waarderen {D:d} hoog"),
    },
    "strengths": {
        "en": ("Strengths: {DM:dm}.", "Strengths: {DM:dm}. {I:more} more dimension[s are| is] rated high"),
        "da": ("Styrker: {DM:dm}.", "Styrker: {DM:dm}. {I:more} dimension[er|] mere ligger højt"),
        "nl": ("Sterke punten: {DM:dm}.", "Sterke punten: {DM:dm}. Nog {I:more} dimensie[s scoren| scoort] hoog"),
    },
    "no_strength": {
        "en": ("No dimension is rated so high by both sides that we can call it a strength for certain",),
        "da": ("Ingen dimension ligger så højt hos begge parter, at vi med sikkerhed kan kalde den en styrke",),
        "nl": ("Geen dimensie scoort bij beide partijen zo hoog dat we ze met zekerheid een sterk punt kunnen noemen",),
    },
    "differ": {
        "en": ("On {I:n} of {I:of} dimensions the two sides differ by more than chance would explain",),
        "da": ("På {I:n} af {I:of} dimensioner er forskellen mellem de to parter større, end tilfældet kan forklare",),
        "nl": ("Op {I:n} van de {I:of} dimensies verschillen beide partijen meer dan toeval kan verklaren",),
    },
    "agree": {
        "en": ("On none of the {I:of} dimensions with figures from both sides is a difference certain",
               "On {I:of} dimension with figures from both sides no difference is certain"),
        "da": ("På ingen af de {I:of} dimensioner med tal fra begge parter er der en sikker forskel",
               "På {I:of} dimension med tal fra begge parter er der ingen sikker forskel"),
        "nl": ("Op geen van de {I:of} dimensies met cijfers van beide partijen is er een verschil dat vaststaat",
               "Op {I:of} dimensie met cijfers van beide partijen is er geen verschil dat vaststaat"),
    },
    "differ_on": {
        "en": ("Where the two sides see it differently: {DL:dl} and {I:more} more", "Where the two sides see it differently: {DL:dl}"),
        "da": ("Her ser de to parter forskelligt på det: {DL:dl} og {I:more} til", "Her ser de to parter forskelligt på det: {DL:dl}"),
        "nl": ("Hierover denken beide partijen verschillend: {DL:dl} en nog {I:more}", "Hierover denken beide partijen verschillend: {DL:dl}"),
    },
    "no_gap": {
        "en": ("No difference between the two sides that is certain", "No difference is larger than chance would explain. That does not say"),
        "da": ("Ingen sikker forskel mellem de to parter", "Ingen forskel er større, end tilfældet kan forklare. Det siger ikke"),
        "nl": ("Geen verschil tussen beide partijen dat vaststaat", "Geen verschil is groter dan toeval. Dat zegt niet"),
    },
    "spread": {
        "en": ("{G:g} appear[s|] to rate {D:hi} ({N:a}) higher than {D:lo} ({N:b})",),
        "da": ("{G:g} ser ud til at vurdere {D:hi} ({N:a}) højere end {D:lo} ({N:b})",),
        "nl": ("{G:g} lijk[en|t] {D:hi} ({N:a}) hoger te beoordelen dan {D:lo} ({N:b})",),
    },
    "pillars": {
        "en": ("{G:g} appear[s|] to rate {L:hi} ({N:a}) higher than {L:lo} ({N:b})",),
        "da": ("{G:g} ser ud til at vurdere {L:hi} ({N:a}) højere end {L:lo} ({N:b})",),
        "nl": ("{G:g} lijk[en|t] {L:hi} ({N:a}) hoger te beoordelen dan {L:lo} ({N:b})",),
    },
    "statements": {
        "en": ("{G:g} appear[s|] to rate statement {I:hi} ({N:a}) higher than statement {I:lo} ({N:b})",),
        "da": ("{G:g} ser ud til at vurdere udsagn {I:hi} ({N:a}) højere end udsagn {I:lo} ({N:b})",),
        "nl": ("{G:g} lijk[en|t] stelling {I:hi} ({N:a}) hoger te beoordelen dan stelling {I:lo} ({N:b})",),
    },
    "even": {
        "en": ("In the eyes of {G:g}, the averages lie from {N:a} to {N:b}; whether any dimension stands higher than another, we cannot tell",),
        "da": ("Hos {G:g} ligger gennemsnittene fra {N:a} til {N:b}; om nogen dimension ligger højere end en anden, kan vi ikke afgøre",),
        "nl": ("Bij {G:g} liggen de gemiddelden tussen {N:a} en {N:b}; of de ene dimensie hoger staat dan de andere, kunnen we niet zeggen",),
    },
    "total": {
        "en": ("Total {N:a} ({N:low}–{N:high}).", "Total {N:a}."),
        "da": ("Samlet {N:a} ({N:low}–{N:high}).", "Samlet {N:a}."),
        "nl": ("Totaal {N:a} ({N:low}–{N:high}).", "Totaal {N:a}."),
    },
    "no_common": {
        "en": ("No common figure: the averages of the two sides lie 1.0 or more apart",),
        "da": ("Intet fælles tal: De to parters gennemsnit ligger mindst 1,0 fra hinanden",),
        "nl": ("Geen gezamenlijk cijfer: de gemiddelden van beide partijen liggen minstens 1,0 uit elkaar",),
    },
    "why": {
        "en": ("{D:d}: {M:m}; in the top {I:k} of {P:p} of {G:g}", "{M:m}; in the top {I:k} of {P:p} of {G:g}"),
        "da": ("{D:d}: {M:m}; i top {I:k} hos {P:p} af {G:g}", "{M:m}; i top {I:k} hos {P:p} af {G:g}"),
        "nl": ("{D:d}: {M:m}; top {I:k} bij {P:p} van {G:g}", "{M:m}; top {I:k} bij {P:p} van {G:g}"),
    },
    "why_all": {
        "en": ("{D:d}: {M:m}; in the top {I:k} of {P:p}, on average over the groups shown", "{M:m}; in the top {I:k} of {P:p}, on average over the groups shown"),
        "da": ("{D:d}: {M:m}; i top {I:k} hos {P:p}, i gennemsnit over de viste grupper", "{M:m}; i top {I:k} hos {P:p}, i gennemsnit over de viste grupper"),
        "nl": ("{D:d}: {M:m}; top {I:k} bij {P:p}, gemiddeld over de getoonde groepen", "{M:m}; top {I:k} bij {P:p}, gemiddeld over de getoonde groepen"),
    },
    "rests": {
        "en": ("Statement[s|] {X:items}; the lowest: {M:m}", "Statement {X:items} ({M:m})"),
        "da": ("Udsagn {X:items}; det laveste: {M:m}", "Udsagn {X:items} ({M:m})"),
        "nl": ("Stelling[en|] {X:items}; de laagste: {M:m}", "Stelling {X:items} ({M:m})"),
    },
    "unrated": {
        "en": ("{P:p} of the answers from {G:g} are “don’t know” or “not relevant”",),
        "da": ("{P:p} af svarene fra {G:g} er ”ved ikke” eller ”ikke relevant”",),
        "nl": ("{P:p} van de antwoorden van {G:g} is ‘weet ik niet’ of ‘niet van toepassing’",),
    },
    "figures": {
        "en": ("{D:d}: {M:m}",), "da": ("{D:d}: {M:m}",), "nl": ("{D:d}: {M:m}",),
    },
}  # fmt: skip

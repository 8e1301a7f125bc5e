"""The sentences of the later pages: what to take up, what has changed, units, tiers, and who answered."""

from __future__ import annotations

from collections.abc import Mapping

#: As `grammar.SENTENCES`.
LATER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "first_firm": {
        "en": ("When importance and the distance to the target are weighed together, the first to take up is {D:d}",),
        "da": ("Når vigtighed og afstand til målet vejes sammen, er det første at tage fat på {D:d}",),
        "nl": ("Weeg je belang en afstand tot het doel tegen elkaar af, dan is het eerste om aan te pakken {D:d}",),
    },
    "first_open": {
        "en": ("By importance × distance to the target the first today is {D:d}, but not firmly",),
        "da": ("Efter vigtighed × afstand til målet står {D:d} først i dag, men ikke sikkert",),
        "nl": ("Naar belang × afstand tot het doel staat {D:d} nu bovenaan, maar niet zeker",),
    },
    "first_plain": {
        "en": ("By the distance to the target alone, the first to take up is {D:d}",),
        "da": ("Efter afstanden til målet alene er det første at tage fat på {D:d}",),
        "nl": ("Alleen naar de afstand tot het doel is het eerste om aan te pakken {D:d}",),
    },
    "reached": {
        "en": ("On every dimension the average has reached the target",),
        "da": ("På alle dimensioner har gennemsnittet nået det aftalte mål",),
        "nl": ("Op elke dimensie heeft het gemiddelde het afgesproken doel bereikt",),
    },
    "firm": {
        "en": ("Firmly among the first three: {DL:dl}. When the figures are varied at random within their uncertainty many times, [it|each of them] stays there in at least {P:p} of the cases",),
        "da": ("Ligger fast blandt de tre første: {DL:dl}. Når tallene mange gange varieres tilfældigt inden for deres usikkerhed, er [den|hver af dem] med i mindst {P:p} af tilfældene",),
        "nl": ("Vast bij de eerste drie: {DL:dl}. Laten we de cijfers vele keren willekeurig variëren binnen hun onzekerheid, dan hoort [die|elk] daar in minstens {P:p} van de keren bij",),
    },
    "open": {
        "en": ("Whether [this one belongs|these belong] among the first three, we cannot tell: {DL:dl}",),
        "da": ("Om [denne|disse] hører til blandt de tre første, kan vi ikke afgøre: {DL:dl}",),
        "nl": ("Of deze bij de eerste drie hor[en|t], kunnen we niet zeggen: {DL:dl}", "Of deze bij de eerste drie hoort, kunnen we niet zeggen: {DL:dl}"),
    },
    "together": {
        "en": ("{G:g}: few chose {DL:dl}; together they have {P:p} of the choices",),
        "da": ("{G:g}: Få valgte {DL:dl}; tilsammen har de {P:p} af valgene",),
        "nl": ("{G:g}: weinig mensen kozen {DL:dl}; samen hebben ze {P:p} van de keuzes",),
    },
    "changes": {
        "en": ("{I:n} change[s since| since] {X} [are|is] larger than chance would explain",),
        "da": ("{I:n} ændring[er|] siden målingen {X} er større, end tilfældet kan forklare",),
        "nl": ("{I:n} verandering[en|] sinds de vorige meting ({X}) [zijn|is] groter dan toeval",),
    },
    "no_change": {
        "en": ("Whether anything has changed since {X}, we cannot tell from these figures",),
        "da": ("Om noget har ændret sig siden målingen {X}, kan vi ikke afgøre ud fra tallene",),
        "nl": ("Of er sinds de vorige meting ({X}) iets veranderd is, kunnen we uit deze cijfers niet opmaken",),
    },
    "change": {
        "en": ("On {D:d} the score [w=is clearly|appears to be] [way=higher|lower], seen from {G:g}: from {N:a} to {N:b} ({S:x}; {S:low} to {S:high})",),
        "da": ("På {D:d} [w=er vurderingen tydeligt|ser vurderingen ud til at være] [way=højere|lavere] set fra {G:g}: fra {N:a} til {N:b} ({S:x}; {S:low} til {S:high})",),
        "nl": ("Op {D:d} [w=is de score duidelijk|lijkt de score] [way=hoger|lager], gezien vanuit {G:g}: van {N:a} naar {N:b} ({S:x}; {S:low} tot {S:high})",),
    },
    "seen": {
        "en": ("For {G:g}, a change has to be about {N:a} or more to be seen",),
        "da": ("For {G:g} skal en ændring være på omkring {N:a} eller mere for at kunne ses",),
        "nl": ("Bij {G:g} is een verandering pas vanaf ongeveer {N:a} te zien",),
    },
    "chosen_changes": {
        "en": ("{I:n} dimension[s are| is] chosen more, or less, than in {X}, and by more than chance would explain",),
        "da": ("{I:n} dimension[er|] er valgt oftere eller sjældnere end i målingen {X} – mere, end tilfældet kan forklare",),
        "nl": ("{I:n} dimensie[s zijn| is] vaker of minder vaak gekozen dan in de vorige meting ({X}), en dat is meer dan toeval",),
    },
    "chosen_same": {
        "en": ("Whether other dimensions are chosen than in {X}, we cannot tell from these figures",),
        "da": ("Om der vælges andre dimensioner end i målingen {X}, kan vi ikke afgøre ud fra tallene",),
        "nl": ("Of er andere dimensies worden gekozen dan in de vorige meting ({X}), kunnen we uit deze cijfers niet opmaken",),
    },
    "chosen_seen": {
        "en": ("For {G:g}, a share has to move by about {I:n} percentage points to be seen",),
        "da": ("For {G:g} skal en andel flytte sig omkring {I:n} procentpoint for at kunne ses",),
        "nl": ("Bij {G:g} is een verschuiving pas vanaf ongeveer {I:n} procentpunten te zien",),
    },
    "units": {
        "en": ("On {D:d} the units lie apart: the score appears to be higher in {U:hi} ({N:a}) than in {U:lo} ({N:b})",),
        "da": ("På {D:d} ligger enhederne fra hinanden: Vurderingen ser ud til at være højere for {U:hi} ({N:a}) end for {U:lo} ({N:b})",),
        "nl": ("Op {D:d} liggen de afdelingen uit elkaar: de score lijkt hoger bij {U:hi} ({N:a}) dan bij {U:lo} ({N:b})",),
    },
    "more_units": {
        "en": ("On {I:n} more dimension[s|] two units differ as surely",),
        "da": ("På {I:n} dimension[er|] mere er to enheder lige så sikkert forskellige",),
        "nl": ("Op nog {I:n} dimensie[s|] verschillen twee afdelingen even zeker",),
    },
    "no_units": {
        "en": ("Whether the units differ, we cannot tell",),
        "da": ("Om enhederne er forskellige, kan vi ikke afgøre",),
        "nl": ("Of de afdelingen verschillen, kunnen we niet zeggen",),
    },
    "tiers": {
        "en": ("On {D:d} the score appears to be [way=higher] for {TL:hi} ({N:a}) than further up, for {TL:lo} ({N:b})",
               "On {D:d} the score appears to be [way=lower] for {TL:lo} ({N:b}) than further up, for {TL:hi} ({N:a})"),
        "da": ("På {D:d} ser vurderingen ud til at være [way=højere] hos {TL:hi} ({N:a}) end længere oppe, hos {TL:lo} ({N:b})",
               "På {D:d} ser vurderingen ud til at være [way=lavere] hos {TL:lo} ({N:b}) end længere oppe, hos {TL:hi} ({N:a})"),
        "nl": ("Op {D:d} lijkt de score [way=hoger] bij {TL:hi} ({N:a}) dan hogerop, bij {TL:lo} ({N:b})",
               "Op {D:d} lijkt de score [way=lager] bij {TL:lo} ({N:b}) dan hogerop, bij {TL:hi} ({N:a})"),
    },
    "more_tiers": {
        "en": ("On {I:n} more dimension[s|] two tiers differ as surely",),
        "da": ("På {I:n} dimension[er|] mere er to ledelsesled lige så sikkert forskellige",),
        "nl": ("Op nog {I:n} dimensie[s|] verschillen twee lagen even zeker",),
    },
    "no_tiers": {
        "en": ("Whether the tiers of the chain differ, we cannot tell",),
        "da": ("Om ledelsesleddene er forskellige, kan vi ikke afgøre",),
        "nl": ("Of de lagen verschillen, kunnen we niet zeggen",),
    },
    "silent_half": {
        "en": ("{G:g}: Of {I:invited} invited, {I:n} did not answer on {D:d}. If th[ose|at] {I} stood a whole point [way=lower|higher], {G} would stand at {N:b} there instead of {N:a}.",),
        "da": ("{G:g}: Af {I:invited} inviterede har {I:n} ikke svaret om {D:d}. Lå de {I} et helt point [way=lavere|højere], ville {G} stå på {N:b} her i stedet for {N:a}.",
               "{G:g}: Af {I:invited} inviterede har {I:n} ikke svaret om {D:d}. Lå denne ene et helt point [way=lavere|højere], ville {G} stå på {N:b} her i stedet for {N:a}."),
        "nl": ("{G:g}: Van de {I:invited} uitgenodigden he[bben|eft] er {I:n} niet over {D:d} geantwoord. Stonden die {I} een vol punt [way=lager|hoger], dan kwam[en|] {G} hier uit op {N:b} in plaats van {N:a}.",
               "{G:g}: Van de {I:invited} uitgenodigden he[bben|eft] er {I:n} niet over {D:d} geantwoord. Stond die een vol punt [way=lager|hoger], dan kwam[en|] {G} hier uit op {N:b} in plaats van {N:a}."),
    },
    "silent_same": {
        "en": ("{G:g}: Of {I:invited} invited, {I:n} did not answer on {D:d}. A whole point lower or higher, that one would leave {G} at {N:a}",
               "{G:g}: Of {I:invited} invited, {I:n} did not answer on {D:d}. A whole point lower or higher, those {I} would leave {G} at {N:a}"),
        "da": ("{G:g}: Af {I:invited} inviterede har {I:n} ikke svaret om {D:d}. Selv et helt point lavere eller højere ville denne ene lade {G} stå på {N:a}",
               "{G:g}: Af {I:invited} inviterede har {I:n} ikke svaret om {D:d}. Selv et helt point lavere eller højere ville de {I} lade {G} stå på {N:a}"),
        "nl": ("{G:g}: Van de {I:invited} uitgenodigden he[bben|eft] er {I:n} niet over {D:d} geantwoord. Ook een vol punt lager of hoger zou die {G} op {N:a} laten staan",
               "{G:g}: Van de {I:invited} uitgenodigden he[bben|eft] er {I:n} niet over {D:d} geantwoord. Ook een vol punt lager of hoger zouden die {I} {G} op {N:a} laten staan"),
    },
    "silent": {
        "en": ("{G:g}: Of {I:invited} invited, {I:n} did not answer on {D:d}. If those {I} stood a whole point lower, {G} would stand at {N:low} there instead of {N:a}; a whole point higher, at {N:high}",
               "{G:g}: Of {I:invited} invited, {I:n} did not answer on {D:d}. If that {I} stood a whole point lower, {G} would stand at {N:low} there instead of {N:a}; a whole point higher, at {N:high}"),
        "da": ("{G:g}: Af {I:invited} inviterede har {I:n} ikke svaret om {D:d}. Lå de {I} et helt point lavere, ville {G} stå på {N:low} her i stedet for {N:a}; et helt point højere, på {N:high}",
               "{G:g}: Af {I:invited} inviterede har {I:n} ikke svaret om {D:d}. Lå denne ene et helt point lavere, ville {G} stå på {N:low} her i stedet for {N:a}; et helt point højere, på {N:high}"),
        "nl": ("{G:g}: Van de {I:invited} uitgenodigden he[bben|eft] er {I:n} niet over {D:d} geantwoord. Stonden die {I} een vol punt lager, dan kwam[en|] {G} hier uit op {N:low} in plaats van {N:a}; een vol punt hoger, op {N:high}",
               "{G:g}: Van de {I:invited} uitgenodigden he[bben|eft] er {I:n} niet over {D:d} geantwoord. Stond die een vol punt lager, dan kwam[en|] {G} hier uit op {N:low} in plaats van {N:a}; een vol punt hoger, op {N:high}"),
    },
    # Held with the chapter of the tool (`tools`).
    "asked_for": {
        "en": ("{P:p} of the leaders say it would help them most", "seen differently, and {X} do[es|] not know it", "seen differently, and {X} know[s|] it"),
        "da": ("{P:p} af lederne siger, at det ville hjælpe dem mest", "set forskelligt, uden at {X} ved det", "set forskelligt, og det ved {X} godt"),
        "nl": ("{P:p} van de leidinggevenden zegt dat dit het meest zou helpen", "verschillend gezien, zonder dat {X} het we[et|ten]", "verschillend gezien, en {X} we[et|ten] dat"),
    },
    "answered": {
        "en": ("{I:n} of {I:invited} answered: {P:p} of {G:g}",),
        "da": ("{I:n} af {I:invited} har svaret: {P:p} af {G:g}",),
        "nl": ("{I:n} van {I:invited} geantwoord: {P:p} van {G:g}",),
    },
    "everyone": {
        "en": ("{I:n} of {I:invited} answered: everyone from {G:g}", "{I:n} of {I:invited} answered: all of {G:g}"),
        "da": ("{I:n} af {I:invited} har svaret: alle fra {G:g}",),
        "nl": ("{I:n} van {I:invited} geantwoord: iedereen van {G:g}",),
    },
}  # fmt: skip

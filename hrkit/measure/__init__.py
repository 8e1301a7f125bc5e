"""Numbers: pure functions of answers, vectorised over groups, each with its source.

A score becomes a statement in steps, and each step is a module: what a respondent said
(`scales`, `respondents`), what a group said and how surely (`groups`), whether the items
belong together (`reliability`) and the members agree (`agreement`, `deviation`), whether
units differ (`between`), how far leaders and HR are apart (`differences`, `gaps`, `ranks`,
`pairs`), what changed (`change`) and where one stands (`benchmark`, `levels`).

Functions always compute, and never raise on thin data: what cannot be computed is NaN with
a reason.  Whether a number may be *shown* is for the disclosure wing to say.
"""

from hrkit.measure._arrays import Moments, codes_of, moments
from hrkit.measure.agreement import (
    a_wg,
    agreement,
    r_wg,
    r_wg_j,
    r_wg_j_star,
)
from hrkit.measure.benchmark import Rank, rank_among, rank_interval, shrink
from hrkit.measure.between import (
    Icc,
    VarianceComponents,
    icc,
    shrunken_means,
    variance_components,
)
from hrkit.measure.change import (
    TotalChange,
    change,
    linked_change,
    minimum_detectable_change,
    total_change,
)
from hrkit.measure.deviation import acceptable_ad, ad_mean, ad_median, answer_counts
from hrkit.measure.differences import difference_interval, t_critical, welch
from hrkit.measure.families import holm
from hrkit.measure.gaps import HedgesG, hedges_g
from hrkit.measure.groups import (
    PRIOR_ANSWERS,
    TotalScore,
    group_scores,
    mean_interval,
    moderated_variance,
    total_score,
)
from hrkit.measure.levels import BOUNDARIES, LevelRange, level_band
from hrkit.measure.pairs import PairedGap, paired_gap
from hrkit.measure.permutation import PermutationTest, permutation_test, sign_flip_test
from hrkit.measure.proportion import (
    proportion_interval,
    proportion_margin,
    proportion_tail,
    same_share,
)
from hrkit.measure.ranks import (
    BrunnerMunzel,
    MannWhitney,
    brunner_munzel,
    mann_whitney,
    superiority,
)
from hrkit.measure.reliability import (
    Alpha,
    alpha,
    alpha_by_group,
    feldt_interval,
    item_rest,
)
from hrkit.measure.respondents import dont_know_rates, respondent_scores
from hrkit.measure.scales import Scores, scores_from_matrix
from hrkit.measure.unidimensional import Omega, OneFactor, omega, one_factor

__all__ = [
    "BOUNDARIES",
    "PRIOR_ANSWERS",
    "Alpha",
    "BrunnerMunzel",
    "HedgesG",
    "Icc",
    "LevelRange",
    "MannWhitney",
    "Moments",
    "Omega",
    "OneFactor",
    "PairedGap",
    "PermutationTest",
    "Rank",
    "Scores",
    "TotalChange",
    "TotalScore",
    "VarianceComponents",
    "a_wg",
    "acceptable_ad",
    "ad_mean",
    "ad_median",
    "agreement",
    "alpha",
    "alpha_by_group",
    "answer_counts",
    "brunner_munzel",
    "change",
    "codes_of",
    "difference_interval",
    "dont_know_rates",
    "feldt_interval",
    "group_scores",
    "hedges_g",
    "holm",
    "icc",
    "item_rest",
    "level_band",
    "linked_change",
    "mann_whitney",
    "mean_interval",
    "minimum_detectable_change",
    "moderated_variance",
    "moments",
    "omega",
    "one_factor",
    "paired_gap",
    "permutation_test",
    "proportion_interval",
    "proportion_margin",
    "proportion_tail",
    "r_wg",
    "r_wg_j",
    "r_wg_j_star",
    "rank_among",
    "rank_interval",
    "respondent_scores",
    "same_share",
    "scores_from_matrix",
    "shrink",
    "shrunken_means",
    "sign_flip_test",
    "superiority",
    "t_critical",
    "total_change",
    "total_score",
    "variance_components",
    "welch",
]

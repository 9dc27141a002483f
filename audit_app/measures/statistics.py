"""Every statistic the figures use, under one name: pure functions of counts, 95% intervals, no array library.

Shares and differences are shares of 1, bias is in grade steps, levels are indexes from the worst (0).
What does not exist is an `Estimate` with value None that says why: nothing is 0% or 100% for want of things to count.
"""

from audit_app.measures.agreement import Agreement, agreement, alpha_over_audits
from audit_app.measures.charts_over_time import (
    PERIODS_FOR_LIMITS,
    ChartPoint,
    RunChart,
    SpecialCause,
    anhoej,
    p_chart,
    special_causes,
    xmr,
)
from audit_app.measures.estimate import FEWEST_AUDITS, FEWEST_PAIRS, Estimate
from audit_app.measures.funnel import Funnel, FunnelLimits, FunnelPoint, Standing, funnel, funnel_limits
from audit_app.measures.if_all_moderated import (
    GoodIfAllModerated,
    MergedStratum,
    Stratum,
    good_or_better_if_all_moderated,
)
from audit_app.measures.intervals import (
    mean_bias,
    newcombe,
    newcombe_paired,
    ratio_clustered,
    ratio_from_sums,
    sign_test,
    weighted_ratio_clustered,
    weighted_share,
    wilson,
)
from audit_app.measures.many_raters import ManyRaters, Spread, many_raters, spread

__all__ = [
    "FEWEST_AUDITS",
    "FEWEST_PAIRS",
    "PERIODS_FOR_LIMITS",
    "Agreement",
    "ChartPoint",
    "Estimate",
    "Funnel",
    "FunnelLimits",
    "FunnelPoint",
    "GoodIfAllModerated",
    "ManyRaters",
    "MergedStratum",
    "RunChart",
    "SpecialCause",
    "Spread",
    "Standing",
    "Stratum",
    "agreement",
    "alpha_over_audits",
    "anhoej",
    "funnel",
    "funnel_limits",
    "good_or_better_if_all_moderated",
    "many_raters",
    "mean_bias",
    "newcombe",
    "newcombe_paired",
    "p_chart",
    "ratio_clustered",
    "ratio_from_sums",
    "sign_test",
    "special_causes",
    "spread",
    "weighted_ratio_clustered",
    "weighted_share",
    "wilson",
    "xmr",
]

"""The one name under which every statistic is found: what it offers, what it names, and what it does without."""

import inspect
import subprocess
import sys

import audit_app.measures.statistics as offered

# Every function that reckons a figure, and whom its docstring must name for it.
SOURCES = {
    "agreement": ("Cohen", "Fleiss, Cohen and Everitt 1969", "Gwet 2014", "Brennan and Prediger", "Krippendorff"),
    "alpha_over_audits": ("Krippendorff", "`agreement`"),
    "many_raters": ("Fleiss 1971", "Gwet", "Krippendorff"),
    "spread": ("one vignette",),
    "wilson": ("Wilson 1927",),
    "weighted_share": ("Kish", "Hájek"),
    "ratio_clustered": ("Cochran",),
    "weighted_ratio_clustered": ("`ratio_clustered`", "Hájek", "Cochran"),
    "ratio_from_sums": ("`ratio_clustered`",),
    "mean_bias": ("Student's t",),
    "sign_test": ("Conover",),
    "newcombe": ("17:873", "method 10"),
    "newcombe_paired": ("17:2635", "method 10"),
    "good_or_better_if_all_moderated": ("Cochran", "Tenenbein 1970"),
    "p_chart": ("Making data count",),
    "xmr": ("Making data count", "2.66"),
    "special_causes": ("Making data count",),
    "anhoej": ("Anhøj",),
    "funnel": ("authority's share",),
    "funnel_limits": ("Spiegelhalter", "A.1.1"),
}


def test_every_statistic_is_offered_under_one_name() -> None:
    functions = {name for name in offered.__all__ if inspect.isfunction(inspect.unwrap(getattr(offered, name)))}
    assert functions == set(SOURCES)


def test_every_statistic_names_its_source() -> None:
    told = {name: " ".join((inspect.getdoc(getattr(offered, name)) or "").split()) for name in SOURCES}
    silent = {name: source for name, sources in SOURCES.items() for source in sources if source not in told[name]}
    assert silent == {}


def test_the_statistics_need_no_array_library_and_neither_web_nor_database() -> None:
    heavy = ("numpy", "scipy", "pandas", "flask", "sqlalchemy", "reportlab")
    asked = f"import sys, audit_app.measures.statistics; print([n for n in {heavy!r} if n in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_nothing_to_count_is_never_nought_or_a_hundred_per_cent() -> None:
    empty = [[0] * 4 for _ in range(4)]
    figures = [
        offered.agreement(empty).exact,
        offered.agreement(empty).ac2_quadratic,
        offered.wilson(0, 0),
        offered.weighted_share([]),
        offered.ratio_clustered([]),
        offered.weighted_ratio_clustered([]),
        offered.mean_bias(empty),
        offered.newcombe(0, 0, 3, 4),
        offered.newcombe_paired(0, 0, 0, 0),
        offered.good_or_better_if_all_moderated([]).estimate,
        offered.many_raters([], 4).ac1,
    ]
    assert [(figure.value, figure.low, figure.high) for figure in figures] == [(None, None, None)] * len(figures)
    assert all(figure.why for figure in figures)

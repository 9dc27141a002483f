"""Lists, policies and exclusions to draw from, made up by Hypothesis."""

from decimal import Decimal

from hypothesis import assume
from hypothesis import strategies as st

from audit_app.sampling.exclusions import Exclusion, by_hand
from audit_app.sampling.frame import Frame, FrameCase
from audit_app.sampling.policy import Method, Policy
from audit_app.sampling.selection import Drawn, draw, refusal_to_draw

TEAMS = ("Ash", "Birch", "Cedar", "")
CATEGORIES = ("Child in need plan", "Child protection plan", "Looked after child")

references = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip())
)
seeds = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)


@st.composite
def frames(draw: st.DrawFn, least: int = 1, most: int = 30) -> Frame:
    """A list of cases with teams and categories."""
    listed = draw(st.lists(references, unique=True, min_size=least, max_size=most))
    return Frame(
        tuple(
            FrameCase(
                reference,
                {"team": draw(st.sampled_from(TEAMS)), "category": draw(st.sampled_from(CATEGORIES))},
            )
            for reference in listed
        )
    )


@st.composite
def exclusions_from(draw: st.DrawFn, frame: Frame) -> tuple[Exclusion, ...]:
    """Some of a list's cases left out, never all of them."""
    listed = sorted(frame.references())
    chosen = draw(st.lists(st.sampled_from(listed), unique=True, max_size=len(listed) - 1))
    return tuple(by_hand(reference, "Shared with the panel already") for reference in chosen)


@st.composite
def policies(draw: st.DrawFn, methods: tuple[Method, ...] = tuple(Method)) -> Policy:
    """A policy of any method."""
    method = draw(st.sampled_from(methods))
    size = draw(st.none() | st.integers(1, 20))
    share = None if size else Decimal(draw(st.integers(1, 100))) / 100
    strata: tuple[str, ...] = ()
    if method in (Method.PROPORTIONAL, Method.MINIMUM):
        strata = draw(st.sampled_from([("team",), ("category",), ("team", "category")]))
    weights = {}
    if method is Method.WEIGHTED:
        times = st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2), Decimal("3.25"), Decimal(40)])
        weights = {"category": {category: draw(times) for category in CATEGORIES[1:]}, "team": {"Ash": draw(times)}}
    return Policy(method, size, share, strata, draw(st.integers(1, 3)) if method is Method.MINIMUM else 0, weights)


def drawable(frame: Frame, policy: Policy, seed: str, exclusions: tuple[Exclusion, ...] = ()) -> Drawn:
    """A sample, where the policy can be followed on this list."""
    assume(refusal_to_draw(frame, policy, seed, exclusions) is None)
    return draw(frame, policy, seed, exclusions)


def small_frame() -> Frame:
    """Fourteen cases in three teams, small enough to draw from ten thousand times."""
    teams = "AAAAAAABBBBCCC"
    category = [CATEGORIES[place % 3] for place in range(len(teams))]
    return Frame(
        tuple(FrameCase(f"{place:03}", {"team": team, "category": category[place]}) for place, team in enumerate(teams))
    )


POLICIES = {
    "simple": Policy(Method.SIMPLE, 4),
    "proportional": Policy(Method.PROPORTIONAL, 5, strata=("team",)),
    "minimum": Policy(Method.MINIMUM, 7, strata=("team",), minimum=2),
    "weighted": Policy(
        Method.WEIGHTED,
        5,
        weights={
            "category": {"Child protection plan": Decimal(3), "Looked after child": Decimal("1.5")},
            "team": {"C": Decimal(12)},
        },
    ),
}

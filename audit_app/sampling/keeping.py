"""How a draw is kept so that anyone can make it again, and how it is made again from what was kept."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from audit_app.sampling.exclusions import Exclusion, ExclusionReason
from audit_app.sampling.explanation import stratum_words
from audit_app.sampling.fingerprint import fingerprint_of_draw
from audit_app.sampling.frame import frame_bytes, frame_from
from audit_app.sampling.policy import Policy
from audit_app.sampling.selection import Drawn, DrawnCase, draw, replace


def kept(drawn: Drawn) -> dict[str, Any]:
    """A fresh draw as a sample's columns hold it; its cases are kept beside it."""
    return {
        "algorithm": drawn.algorithm,
        "policy": drawn.policy.to_data(),
        "seed": drawn.seed,
        "frame": zlib.compress(frame_bytes(drawn.frame), 9),
        "frame_hash": drawn.frame_hash,
        "frame_size": len(drawn.frame.cases),
        "strata": [
            {"key": list(one.key), "listed": one.population, "eligible": one.eligible, "drawn": one.drawn}
            for one in drawn.strata
        ],
        "excluded": excluded_data(drawn),
        "fingerprint": fingerprint_of_draw(drawn),
    }


def excluded_data(drawn: Drawn) -> list[dict[str, str]]:
    """The cases left out, with why; of a family, also with the case that was kept."""
    return [
        {"reference": one.reference, "reason": one.reason.value, "words": one.words}
        | ({"instead": one.instead} if one.instead else {})
        for one in drawn.exclusions
    ]


def kept_case(one: DrawnCase, case_id: int) -> dict[str, Any]:
    """A drawn case as a sample's case holds it."""
    return {
        "case_id": case_id,
        "position": one.position,
        "stratum": stratum_words(one.stratum),
        "inclusion_probability": float(one.inclusion_probability),
        "removed": False,
    }


def made_again(
    frame: bytes,
    policy: Mapping[str, Any],
    seed: str,
    excluded: Sequence[Mapping[str, str]],
    replaced: Iterable[tuple[str, str]],
) -> Drawn:
    """The draw that was kept, with the cases (by reference) that were replaced since, each with why, in order."""
    exclusions = [
        Exclusion(one["reference"], ExclusionReason(one["reason"]), one["words"], one.get("instead", ""))
        for one in excluded
    ]
    drawn = draw(frame_from(zlib.decompress(frame)), Policy.from_data(policy), seed, exclusions)
    for reference, reason in replaced:
        drawn = replace(drawn, reference, reason)
    return drawn

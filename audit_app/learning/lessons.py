"""What later tiers changed, which way and why, and what they agreed: counted over moderated audits (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit_app.auditing.ledger import SENIOR
from audit_app.frameworks.content import Level, QualityView, Scale
from audit_app.measures.figure import Figure, estimated
from audit_app.measures.statistics import (
    Estimate,
    ratio_clustered,
    weighted_ratio_clustered,
    weighted_share,
    wilson,
)

ON_CHALLENGE = "Changed when a challenge was resolved"
NO_REASON = "No reason recorded"


class Way(StrEnum):
    """Which way a judgement went."""

    AGREED = "agreed"
    LOWER = "lower"
    HIGHER = "higher"
    ASIDE = "aside"  # to or from "not applicable", which is on no scale


@dataclass(frozen=True, slots=True)
class Judged:
    """One section of a moderated audit: what stood before, what its moderator left standing, and why.

    A challenge that was resolved counts with what its resolver found; put back is a change that did not outlast it.
    """

    section: str
    name: str
    overall: bool
    earlier: Level | None
    later: Level | None
    way: Way
    reason: str = ""
    words: str = ""
    supports: bool | None = None
    put_back: bool = False

    @property
    def changed(self) -> bool:
        """Whether another grade stands than before."""
        return self.way is not Way.AGREED


@dataclass(frozen=True, slots=True)
class Opinion:
    """A later tier's finished opinion of one audit, as far as something is learnt from it."""

    audit_id: int
    tier: str
    random: bool
    chance: float
    judged: tuple[Judged, ...]
    view: QualityView
    quality: tuple[tuple[str, str], ...] = ()  # criterion and level, by their keys
    quality_words: str = ""

    @property
    def changed(self) -> tuple[Judged, ...]:
        """The judgements that were changed, in the tool's order."""
        return tuple(one for one in self.judged if one.changed)

    @property
    def agreed(self) -> tuple[Judged, ...]:
        """The judgements that stand as they were."""
        return tuple(one for one in self.judged if not one.changed)

    @property
    def rated(self) -> tuple[tuple[str, Level], ...]:
        """How good the audit itself was found: each criterion by its name, with its level."""
        levels = dict(self.quality)
        known = [
            (one.name, levels[one.key]) for one in self.view.criteria if levels.get(one.key) in self.view.scale.keys
        ]
        return tuple((name, self.view.scale.level(key)) for name, key in known)


def way_of(scale: Scale, earlier: str | None, later: str | None) -> Way:
    """Which way a judgement went from one grade to another; None is "not applicable"."""
    if earlier == later:
        return Way.AGREED
    if earlier is None or later is None:
        return Way.ASIDE
    return Way.LOWER if scale.index(later) < scale.index(earlier) else Way.HIGHER


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason for changing a grade: how many judgements were changed for it, and in which audits."""

    name: str
    count: int
    audits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section over many audits: how often it was changed and which way, and whether the evidence held."""

    key: str
    name: str
    overall: bool
    changed: int
    judged: int
    lower: int
    higher: int
    random: Figure  # of those drawn at random, which is the only share that speaks for the others
    supported: int
    said: int
    audits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One criterion of a good audit, and how many audits were found at each level, best first."""

    name: str
    counts: tuple[int, ...]
    total: int


def by_reason(opinions: Iterable[Opinion]) -> tuple[ReasonRow, ...]:
    """Why judgements were changed, the most frequent reason first."""
    found: dict[str, list[int]] = defaultdict(list)
    for opinion in opinions:
        for one in opinion.changed:
            found[one.reason].append(opinion.audit_id)
    rows = [ReasonRow(name, len(ids), _once(ids)) for name, ids in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.name)))


def by_section(opinions: Sequence[Opinion]) -> tuple[SectionRow, ...]:
    """What was changed section by section, in the tools' order, overall last; a shared key is one section."""
    found: dict[str, list[tuple[Opinion, Judged]]] = defaultdict(list)
    for opinion in opinions:
        for one in opinion.judged:
            found[one.section].append((opinion, one))
    return tuple(sorted((_section(key, pairs) for key, pairs in found.items()), key=lambda row: row.overall))


def _section(key: str, pairs: Sequence[tuple[Opinion, Judged]]) -> SectionRow:
    changed = [(opinion, one) for opinion, one in pairs if one.changed]
    said = [one for _, one in pairs if one.supports is not None]
    newest = pairs[-1][1]
    return SectionRow(
        key,
        newest.name,
        newest.overall,
        len(changed),
        len(pairs),
        sum(one.way is Way.LOWER for _, one in changed),
        sum(one.way is Way.HIGHER for _, one in changed),
        share_changed([(opinion, (one,)) for opinion, one in pairs]),
        sum(one.supports is True for one in said),
        len(said),
        _once(opinion.audit_id for opinion, _ in changed),
    )


def share_changed(judged: Iterable[tuple[Opinion, tuple[Judged, ...]]]) -> Figure:
    """Judgements changed / judgements of audits drawn at random, with how sure that is.

    With one judgement an audit Wilson's interval holds; the judgements of one audit go together, so more than one
    make clusters. Chances of the senior draw that differ are weighed, as in the measures.
    """
    drawn = [(opinion, those) for opinion, those in judged if opinion.random]
    every = [(opinion, one) for opinion, those in drawn for one in those]
    hits = [(opinion, one) for opinion, one in every if one.changed]
    chances = {opinion.audit_id: _chance(opinion) for opinion, _ in every}
    weighted = len(set(chances.values())) > 1
    single = len(chances) == len(every)
    return estimated(
        "changed",
        len(hits),
        len(every),
        _estimate(every, single=single, weighted=weighted),
        nothing="none was drawn at random",
        hits=_once(opinion.audit_id for opinion, _ in hits),
        counted=tuple(chances),
        weighted=weighted and 0 < len(hits) < len(every),
        audits=0 if single else len(chances),
    )


def _chance(opinion: Opinion) -> float:
    return opinion.chance if opinion.tier == SENIOR else 1.0


def _estimate(every: Sequence[tuple[Opinion, Judged]], *, single: bool, weighted: bool) -> Estimate:
    if single and weighted:
        return weighted_share((one.changed, _chance(opinion)) for opinion, one in every)
    if single:
        return wilson(sum(one.changed for _, one in every), len(every))
    clusters: dict[int, tuple[int, int, float]] = {}
    for opinion, one in every:
        hits, of, _ = clusters.get(opinion.audit_id, (0, 0, 1.0))
        clusters[opinion.audit_id] = (hits + one.changed, of + 1, _chance(opinion))
    if weighted:
        return weighted_ratio_clustered(clusters.values())
    return ratio_clustered((hits, of) for hits, of, _ in clusters.values())


def by_criterion(opinions: Sequence[Opinion]) -> tuple[Scale, tuple[QualityRow, ...]] | None:
    """How good the audits were found, criterion by criterion; None where their tools do not ask the same."""
    views = {opinion.view for opinion in opinions}
    if len(views) != 1:
        return None
    (view,) = views
    rows = []
    for criterion in view.criteria:
        given = [dict(opinion.quality).get(criterion.key) for opinion in opinions]
        counts = tuple(given.count(level.key) for level in reversed(view.scale.levels))
        rows.append(QualityRow(criterion.name, counts, sum(counts)))
    return view.scale, tuple(rows)


def _once(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))

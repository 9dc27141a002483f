"""What measures ask: sums for figures and pictures, the audits behind them, and what somebody may choose among."""

from audit_app.measures.queries.behind import Behind, behind, further
from audit_app.measures.queries.choices import Named, Offered, around, offered, runs, unit_names
from audit_app.measures.queries.filters import Filters
from audit_app.measures.queries.ledger import (
    became,
    chosen,
    deeds,
    evidence_views,
    held_blind,
    loops,
    own_population,
    population,
    population_of,
)
from audit_app.measures.queries.material import drawn_from, material, own_material
from audit_app.measures.queries.rounds import rounds_beside
from audit_app.measures.queries.tallied import sums

__all__ = [
    "Behind",
    "Filters",
    "Named",
    "Offered",
    "around",
    "became",
    "behind",
    "chosen",
    "deeds",
    "drawn_from",
    "evidence_views",
    "further",
    "held_blind",
    "loops",
    "material",
    "offered",
    "own_material",
    "own_population",
    "population",
    "population_of",
    "rounds_beside",
    "runs",
    "sums",
    "unit_names",
]

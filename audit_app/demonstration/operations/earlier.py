"""The tracker of earlier audits, imported as an officer would: read through the same gate, explained, said yes to."""

import datetime as dt
import tempfile
from pathlib import Path

from audit_app.cases.mapping import Mapping
from audit_app.cases.ways import Way
from audit_app.demonstration.earlier import CALLED, COLUMNS, EXPLAINED, FILENAME, HEADINGS, tracker
from audit_app.demonstration.operations.authority import Northmere
from audit_app.demonstration.operations.case_lists import MOST_BYTES
from audit_app.demonstration.people import TEAMS
from audit_app.past import operations as past


def import_tracker(northmere: Northmere, today: dt.date, seed: str) -> None:
    """Import the audits of the year before the first round."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / FILENAME
        file.write_bytes(tracker(today, seed, [team.name for team in TEAMS]))
        grid = past.take(file, FILENAME, most_bytes=MOST_BYTES, remembered=())
    scale = northmere.tools["case-file"].tool.scale
    staged = past.stage(grid, northmere.root, scale, by=northmere.officer_id)
    way = Way(staged.tables[0]["sheet"], Mapping(tuple(COLUMNS.items())), CALLED)
    past.read_by(staged, way, list(HEADINGS), staged.version_id, by=northmere.officer_id)
    past.explain(staged, EXPLAINED, {}, staged.version_id, by=northmere.officer_id)
    past.confirm(staged, staged.version_id, by=northmere.officer_id)

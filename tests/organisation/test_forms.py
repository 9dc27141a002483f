"""Units to choose among."""

from audit_app.organisation.forms import INDENT, unit_choices
from audit_app.organisation.model import Unit


def test_a_unit_is_set_in_as_far_as_it_stands_below_the_highest_that_is_offered() -> None:
    service = Unit(id=4, name="Service", path="/1/4/")
    team = Unit(id=9, name="Team", path="/1/4/9/")
    offered = [(one.value, one.label) for one in unit_choices(iter([service, team]))]
    assert offered == [(4, "Service"), (9, f"{INDENT}Team")]
    assert [(one.value, one.label) for one in unit_choices([team], value=str)] == [("9", "Team")]
    assert unit_choices([]) == []

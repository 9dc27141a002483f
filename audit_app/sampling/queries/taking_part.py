"""Who takes part in a round as an auditor, so that a sample can be as large as so many cases for each."""

from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.programmes.queries import auditors_of, exempt_in


def taking_part(round_: Round) -> list[Person]:
    """Everybody who audits in a round's programme, and is not exempt from it that month."""
    exempt = exempt_in(round_)
    return [one for one in auditors_of(round_.programme) if one.id not in exempt]

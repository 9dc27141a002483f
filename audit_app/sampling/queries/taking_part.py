"""Who takes part in a round as an auditor: those whose role the programme's policy names."""

from audit_app.clock import today
from audit_app.identity.model import Person
from audit_app.programmes.model import Round
from audit_app.sampling.queries.auditors import candidates


def taking_part(round_: Round) -> list[Person]:
    """Everybody who may audit in a round and holds one of the roles that its programme asks for, by name."""
    roles = set(round_.programme.policy.auditors)
    people = [one.person for one in candidates(round_)]
    return [one for one in people if roles & {grant.role.value for grant in one.actor(today()).grants}]

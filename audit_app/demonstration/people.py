"""Who works at Northmere: eight teams, and forty-two fictional people, each named for a role and a tree or a bird."""

from dataclasses import dataclass

from audit_app.access.table import Role

AUTHORITY = "Northmere"
HELP, CARE = "Help and protection", "Children in care and care leavers"


@dataclass(frozen=True, slots=True)
class Team:
    """A team: the service it belongs to and the categories of case that it holds."""

    name: str
    service: str
    categories: tuple[str, ...]


ASSESSES = ("open_assessment", "child_in_need", "closed")
PROTECTS = ("child_protection", "child_in_need", "closed")
TEAMS = (
    Team("Assessment North", HELP, ASSESSES),
    Team("Assessment South", HELP, ASSESSES),
    Team("Safeguarding East", HELP, PROTECTS),
    Team("Safeguarding West", HELP, PROTECTS),
    Team("Disabled Children", HELP, ("child_in_need", "child_protection")),
    Team("Children in Care East", CARE, ("looked_after",)),
    Team("Children in Care West", CARE, ("looked_after",)),
    Team("Leaving Care", CARE, ("care_leaver",)),
)


@dataclass(frozen=True, slots=True)
class Fictional:
    """Somebody of the demonstration: where they hold their role, and the team they work in, if any."""

    name: str
    role: Role
    job_title: str
    unit: str
    team: str | None = None
    invited_only: bool = False  # has not chosen a password yet

    @property
    def called(self) -> str:
        """Their name as an e-mail address has it, before the @."""
        return self.name.lower().replace(" ", ".")


MANAGERS = (
    ("Ash", "Beech"),
    ("Cedar", "Chestnut"),
    ("Elm", "Fir"),
    ("Gorse", "Hawthorn"),
    ("Hornbeam", "Larch"),
    ("Lime", "Maple"),
    ("Pine", "Poplar"),
    ("Spruce", "Sycamore"),
)
SENIORS = (
    ("Birch", HELP),
    ("Blackthorn", HELP),
    ("Oak", HELP),
    ("Redwood", CARE),
    ("Walnut", CARE),
    ("Yew", CARE),
)
PRACTITIONERS = ("Dunnock", "Finch", "Goldcrest", "Lapwing", "Nuthatch", "Pipit", "Redstart", "Siskin")


def _people() -> list[Fictional]:
    found = [
        Fictional(f"Team Manager {tree}", Role.TEAM_MANAGER, "Team manager", team.name, team.name)
        for team, trees in zip(TEAMS, MANAGERS, strict=True)
        for tree in trees
    ]
    found += [Fictional(f"Senior Manager {tree}", Role.SENIOR_MANAGER, "Service manager", of) for tree, of in SENIORS]
    found += [
        Fictional("Head of Service Cypress", Role.HEAD_OF_SERVICE, "Head of help and protection", HELP),
        Fictional("Head of Service Magnolia", Role.HEAD_OF_SERVICE, "Head of children in care", CARE),
        Fictional("Director Mulberry", Role.HEAD_OF_SERVICE, "Director of practice", AUTHORITY),
        Fictional("External Auditor Heron", Role.EXTERNAL_AUDITOR, "Independent auditor", AUTHORITY),
        Fictional("External Auditor Kestrel", Role.EXTERNAL_AUDITOR, "Independent auditor", AUTHORITY),
        Fictional("Audit Officer Alder", Role.AUDIT_OFFICER, "Quality assurance officer", AUTHORITY),
        Fictional("Audit Officer Aspen", Role.AUDIT_OFFICER, "Quality assurance officer", AUTHORITY),
    ]
    found += [
        Fictional(f"Practitioner {bird}", Role.PRACTITIONER, "Social worker", team.name, team.name, bird == "Siskin")
        for team, bird in zip(TEAMS, PRACTITIONERS, strict=True)
    ]
    found += [
        Fictional("Board Member Curlew", Role.BOARD_MEMBER, "Improvement board", AUTHORITY),
        Fictional("Board Member Plover", Role.BOARD_MEMBER, "Safeguarding partnership", AUTHORITY),
        Fictional("Administrator Swift", Role.ADMINISTRATOR, "Systems administrator", AUTHORITY),
        Fictional("Contributor Avocet", Role.CONTRIBUTOR, "Named nurse, health trust", AUTHORITY),
        Fictional("Contributor Bittern", Role.CONTRIBUTOR, "Detective sergeant, police", AUTHORITY),
    ]
    return found


PEOPLE = tuple(_people())


def workers_of(place: int) -> tuple[str, ...]:
    """The practitioners of the team in this place, as a case list names them: one has an account."""
    letter = "ABCDEFGH"[place]
    return (f"Practitioner {PRACTITIONERS[place]}", *(f"Worker {letter}{number}" for number in range(12, 17)))

"""Who asks for every page: each role once, and where two people of a role stand differently to a thing, both."""

MANAGER, SENIOR, HEAD, EXTERNAL = "manager", "senior", "head", "external"
OFFICER, BOARD, ADMIN, PRACTITIONER = "officer", "board", "admin", "practitioner"
CONTRIBUTOR = "contributor"  # of another agency, asked to contribute to one audit
# Two people of a role can stand differently to a thing: the far manager audits for another service.
PEOPLE = (
    MANAGER,
    "other_manager",
    "far_manager",
    SENIOR,
    "other_senior",
    HEAD,
    EXTERNAL,
    OFFICER,
    BOARD,
    ADMIN,
    PRACTITIONER,
    CONTRIBUTOR,
)
MANAGERS, SENIORS = frozenset({MANAGER, "other_manager", "far_manager"}), frozenset({SENIOR, "other_senior"})
AUDITORS = MANAGERS | SENIORS | {HEAD}
JUDGES = SENIORS | {HEAD, EXTERNAL}
CASE_READERS = AUDITORS | {EXTERNAL, OFFICER}
READERS, NAMERS = AUDITORS | {OFFICER}, frozenset({OFFICER, HEAD})
CONTRIBUTES = AUDITORS | {PRACTITIONER, CONTRIBUTOR}
OWN_ACTIONS = AUDITORS | {PRACTITIONER}
FIGURES = AUDITORS | {OFFICER, BOARD}
EVERYBODY = frozenset(PEOPLE)

"""What the demonstration's audit officer writes in learning briefings: wholly invented."""

from audit_app.learning.briefing import Words

PUBLISHED = Words(
    headline="Say what the work came to for the child, and let the grade follow from that.",
    changed="Most changes had one thing in common: the audit told well what was done, and not what came of it. Visits, "
    "meetings and plans were listed in full. What the child said of them, or how life at home was different, was often "
    "on the record and not in the audit.\n"
    "In some audits being on time had stood in for being good. A few grades were raised: careful work had been marked "
    "down for one late meeting.",
    evidence="The audits that convinced were short and exact. They gave the month and the kind of record, quoted a few "
    "words of the child, and set what was planned beside what happened.\n"
    "They said what was missing as plainly as what was there, and weighed it.",
    differently="Before you grade, finish the sentence “and so, for the child …” from the record.\n"
    "Read the descriptor of the level above and of the level below, and say why it is neither.\n"
    "Look for what a later report changes: police, school and health records are often filed elsewhere.\n"
    "Grade quality, and report timescales in the questions made for them.",
)
DRAFT = Words(
    headline="Management oversight: look for the difference that it made.",
    changed="Supervision was often graded by how regular it was. Moderators asked what it changed.",
)

"""What Northmere's report to its committee says: the council's own words around the action plan (pure)."""

from audit_app.reporting.contents.committee_report import Written

WORDS = {
    "purpose": (
        "This report tells the committee what case-file audits and their moderation have shown since its last "
        "meeting, and how far the action plan has come.\n\n"
        "It serves the council’s priority that children are safe and have good lives."
    ),
    "summary": (
        "Every month managers audit children’s case files. Senior managers give a second opinion on a random part of "
        "them, and external auditors validate some.\n\n"
        "The plan in appendix 1 sets out what we do about what audits found, how we measure that, and "
        "where each stands."
    ),
    "recommendations": (
        "Note where the measures of the action plan stand.\n"
        "Scrutinise the actions that are overdue.\n"
        "Endorse the targets for the next six months."
    ),
    "background": (
        "Audits judge how well practice serves the child. They look at:\n"
        "- assessment and plan\n"
        "- the child’s voice\n"
        "- management oversight\n\n"
        "Moderation compares what auditors judged with what a second and a third person judged on the same case file. "
        "Where they differ, the later judgement stands and the reason is kept."
    ),
    "consultation": "The plan was written with team managers, practitioners and the forum of children in our care.",
    "reasons": "The committee scrutinises how well the council cares for children.",
    "legal": "The council has duties to children in need under the Children Act 1989.",
    "finance": "The actions are paid for from the existing budget of children’s services.",
    "equality": "Audits are drawn so that children of every group are looked at. Figures on few children are left out.",
    "risk": "If audits judge too kindly, the committee would not learn of weak practice. Moderation measures this.",
    "contact": "Audit officer, children’s services",
}


def committee_words() -> Written:
    """The whole report."""
    return Written(
        "Progress of the practice improvement plan", "CF/16", "Director of Children’s Services", "All wards", WORDS
    )

"""What people can be told of (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from audit_app.access.table import Permission


class Kind(StrEnum):
    """One kind of news."""

    ALLOCATED = "allocated"  # a case was given to you to audit
    REALLOCATED = "reallocated"  # an audit that was with somebody else was given to you
    MOVED = "moved"  # an audit that was with you was given to somebody else
    HANDED_BACK = "handed_back"  # an auditor handed an audit back, for you to give to somebody else
    CONTRIBUTION_ASKED = "contribution_asked"  # you are asked to contribute to an audit
    CONTRIBUTION_DUE = "contribution_due"
    CONTRIBUTION_LATE = "contribution_late"
    CONTRIBUTION_DAY = "contribution_day"  # another day by which it is wanted
    CONTRIBUTION_WITHDRAWN = "contribution_withdrawn"
    CONTRIBUTION_DONE = "contribution_done"  # a contribution to an audit of yours is done
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    CHASED = "chased"  # the audit officer asks for a late audit
    ESCALATED = "escalated"  # an audit of somebody whom you lead is late
    SENT_BACK = "sent_back"
    DECIDED = "decided"  # your audit was moderated or validated: its outcome is there
    CHALLENGED = "challenged"  # an auditor challenges what you decided
    TO_RESOLVE = "to_resolve"  # you are named to resolve a challenge
    RESOLVED = "resolved"  # a challenge that you are a side of was resolved
    TO_SIGN_OFF = "to_sign_off"  # an audit that cannot wait is yours to sign off
    UNNAMED = "unnamed"  # nobody can sign such an audit off: you name somebody
    ACTION_NOW = "action_now"  # an action that cannot wait is yours to do
    ACTION_GIVEN = "action_given"  # an action for a child is yours to do
    ACTION_DUE = "action_due"
    ACTION_OVERDUE = "action_overdue"
    ACTION_ESCALATED = "action_escalated"  # an action for a child of your teams is late
    ACTION_TO_ANSWER = "action_to_answer"  # somebody says that an action is done, or asks for more time
    ACTION_NOT_ACCEPTED = "action_not_accepted"
    ACTION_ANSWERED = "action_answered"  # whether there is more time
    ACTION_MOVED = "action_moved"  # an action that was yours is somebody else's
    ACTION_WITHDRAWN = "action_withdrawn"
    OUTCOME_RELEASED = "outcome_released"  # what an audit of a case of yours or your team’s found is released to you
    OUTCOME_REPLIED = "outcome_replied"  # somebody to whom an outcome was released has replied
    BOARD_UPDATE_DUE = "board_update_due"  # a board asks for updates of what you lead or write in its plans
    BOARD_UPDATE_LATE = "board_update_late"
    BRIEFING_PUBLISHED = "briefing_published"  # a learning briefing for you is published
    IMMEDIATE_RISK = "immediate_risk"  # somebody says that a child may be at risk now
    LEAVES = "leaves"  # somebody leaves, and work of theirs is to go to others
    ACCOUNT_ENDED = "account_ended"  # somebody’s account has ended, and work of theirs waits
    UNREACHABLE = "unreachable"  # e-mail to somebody fails


class How(StrEnum):
    """How somebody is told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    HERE = "here"  # in the service only


class Matter(StrEnum):
    """What news is about: for each somebody may choose to be told otherwise than in general."""

    AUDITS = "audits"
    CONTRIBUTIONS = "contributions"
    ACTIONS = "actions"
    OUTCOMES = "outcomes"
    PLANS = "plans"
    LEARNING = "learning"
    ROUNDS = "rounds"


HOW_WORDS = {
    How.AT_ONCE: "By e-mail, at once",
    How.DAILY: "By e-mail, once a day",
    How.HERE: "In this service only",
}
# What a contributor is asked to do, which is over when they have done it.
ASKS_TO_CONTRIBUTE = frozenset(
    {Kind.CONTRIBUTION_ASKED, Kind.CONTRIBUTION_DUE, Kind.CONTRIBUTION_LATE, Kind.CONTRIBUTION_DAY}
)
# What the owner of an action is asked to do, which is over when they have done it.
ASKS_TO_ACT = frozenset(
    {
        Kind.ACTION_NOW,
        Kind.ACTION_GIVEN,
        Kind.ACTION_DUE,
        Kind.ACTION_OVERDUE,
        Kind.ACTION_NOT_ACCEPTED,
        Kind.ACTION_ANSWERED,
    }
)
OF_ACTIONS = ASKS_TO_ACT | {
    Kind.ACTION_ESCALATED,
    Kind.ACTION_TO_ANSWER,
    Kind.ACTION_MOVED,
    Kind.ACTION_WITHDRAWN,
}
OF_BOARDS = frozenset({Kind.BOARD_UPDATE_DUE, Kind.BOARD_UPDATE_LATE})
ALWAYS_MAILED = frozenset(
    {
        Kind.ESCALATED,
        Kind.TO_SIGN_OFF,
        Kind.UNNAMED,
        Kind.IMMEDIATE_RISK,
        Kind.ACTION_NOW,
        Kind.ACTION_ESCALATED,
    }
)
SIGN_OFF = frozenset({Kind.TO_SIGN_OFF, Kind.UNNAMED})
# What is not answered by handing the audit in again, nor by giving it to somebody else.
OUTLIVES_HAND_IN = SIGN_OFF | {Kind.IMMEDIATE_RISK}
# That a child may not be safe is told to whoever must know, even of an audit that they judge blind.
COMES_BEFORE_BLINDNESS = frozenset({Kind.IMMEDIATE_RISK})
# The list of what is to be done says these by itself, with how late each is.
SAID_BY_THE_WORK = (ASKS_TO_CONTRIBUTE | OF_BOARDS) | {
    Kind.OUTCOME_RELEASED,
    Kind.OUTCOME_REPLIED,
    Kind.BRIEFING_PUBLISHED,
    Kind.ACTION_NOW,
    Kind.ACTION_GIVEN,
    Kind.ACTION_DUE,
    Kind.ACTION_OVERDUE,
    Kind.ACTION_NOT_ACCEPTED,
    Kind.ACTION_TO_ANSWER,
    Kind.ALLOCATED,
    Kind.DUE_SOON,
    Kind.OVERDUE,
    Kind.SENT_BACK,
    Kind.TO_RESOLVE,
    Kind.TO_SIGN_OFF,
    Kind.IMMEDIATE_RISK,
}
# What each matter holds; a kind that no matter holds follows the general choice.
MATTERS: Mapping[Matter, frozenset[Kind]] = {
    Matter.AUDITS: frozenset(
        {Kind.ALLOCATED, Kind.REALLOCATED, Kind.MOVED, Kind.DUE_SOON, Kind.OVERDUE, Kind.CHASED, Kind.SENT_BACK}
    ),
    Matter.CONTRIBUTIONS: ASKS_TO_CONTRIBUTE | {Kind.CONTRIBUTION_WITHDRAWN, Kind.CONTRIBUTION_DONE},
    Matter.ACTIONS: OF_ACTIONS - ALWAYS_MAILED,
    Matter.OUTCOMES: frozenset(
        {
            Kind.DECIDED,
            Kind.CHALLENGED,
            Kind.TO_RESOLVE,
            Kind.RESOLVED,
            Kind.OUTCOME_RELEASED,
            Kind.OUTCOME_REPLIED,
        }
    ),
    Matter.PLANS: OF_BOARDS,
    Matter.LEARNING: frozenset({Kind.BRIEFING_PUBLISHED}),
    Matter.ROUNDS: frozenset({Kind.HANDED_BACK, Kind.LEAVES, Kind.ACCOUNT_ENDED, Kind.UNREACHABLE}),
}
MATTER_WORDS = {
    Matter.AUDITS: ("Your audits", "Given to you or moved, due soon or late, asked for, sent back"),
    Matter.CONTRIBUTIONS: ("Contributions", "Asked for, wanted soon or late, done"),
    Matter.ACTIONS: ("Actions for children", "Given to you, due soon or late, to answer, no longer yours"),
    Matter.OUTCOMES: (
        "Outcomes and challenges",
        "An outcome is in, released to you or replied to; a challenge is raised or resolved",
    ),
    Matter.PLANS: ("Improvement plans", "A board asks for updates, or still waits for them"),
    Matter.LEARNING: ("Learning", "A learning briefing is published"),
    Matter.ROUNDS: ("Your rounds", "Audits handed back, people who leave, people whom no e-mail reaches"),
}
CONCERNED: Mapping[Matter, frozenset[Permission]] = {  # whom news of a matter can reach: holders of any of these
    Matter.AUDITS: frozenset({Permission.AUDIT}),
    Matter.CONTRIBUTIONS: frozenset({Permission.CONTRIBUTE, Permission.AUDIT}),
    Matter.ACTIONS: frozenset({Permission.DO_ACTIONS, Permission.VERIFY_ACTIONS}),
    Matter.OUTCOMES: frozenset(
        {
            Permission.AUDIT,
            Permission.MODERATE,
            Permission.VALIDATE,
            Permission.READ_AUDITS,
            Permission.READ_OUTCOMES,
            Permission.RELEASE,
        }
    ),
    Matter.PLANS: frozenset({Permission.SEE_PLANS}),
    Matter.LEARNING: frozenset({Permission.AUDIT, Permission.SEE_LEARNING, Permission.READ_REPORTS}),
    Matter.ROUNDS: frozenset({Permission.RUN_ROUNDS}),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody wishes to be told: in general, and of some matters otherwise."""

    general: How = How.AT_ONCE
    otherwise: Mapping[Matter, How] = field(default_factory=dict)

    def of(self, kind: Kind) -> How:
        """How they are told of one kind of news; some always come by e-mail at once."""
        if kind in ALWAYS_MAILED:
            return How.AT_ONCE
        matter = next((one for one, kinds in MATTERS.items() if kind in kinds), None)
        return self.general if matter is None else self.otherwise.get(matter, self.general)

    @property
    def hows(self) -> frozenset[How]:
        """Every way in which they may be told of something."""
        return frozenset({self.general, *self.otherwise.values()})

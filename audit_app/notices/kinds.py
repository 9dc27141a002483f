"""What people can be told of (pure)."""

from enum import StrEnum


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
    UNREACHABLE = "unreachable"  # e-mail to somebody fails


class How(StrEnum):
    """How somebody is told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    HERE = "here"  # in the service only


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
ALWAYS_MAILED = frozenset({Kind.ESCALATED, Kind.TO_SIGN_OFF, Kind.UNNAMED, Kind.ACTION_NOW, Kind.ACTION_ESCALATED})
# What asks for something that handing the audit in again does not answer.
OUTLIVES_HAND_IN = frozenset({Kind.TO_SIGN_OFF, Kind.UNNAMED})
# The list of what is to be done says these by itself, with how late each is.
SAID_BY_THE_WORK = ASKS_TO_CONTRIBUTE | {
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
}

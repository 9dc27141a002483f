"""What is done in moderation: giving, judging, deciding, finishing, sending back, reopening; and challenges."""

from audit_app.moderation.operations.adding import add_section, remove_added, write_added
from audit_app.moderation.operations.arriving import hear_round, place_waiting, take_in
from audit_app.moderation.operations.beginning import working
from audit_app.moderation.operations.challenging import (
    allow_late,
    challenge,
    decline,
    hear_void,
    name_resolver,
    overtake,
    refusal_of_resolver,
    withdraw_challenge,
)
from audit_app.moderation.operations.completing import complete_quarter
from audit_app.moderation.operations.deciding import agree_with_rest, decide, finish, open_section, rate
from audit_app.moderation.operations.giving import draw, give, make_exercise, refusal_for, take_back
from audit_app.moderation.operations.judging import commit_blind, save_blind
from audit_app.moderation.operations.passing_on import Passing, fingerprint_of, pass_on, plan_passing_on
from audit_app.moderation.operations.resolving import resolve, resolving, rule, unruled
from audit_app.moderation.operations.settling import could_settle, settle_instead
from audit_app.moderation.operations.turning import go_on_after_hand_in, hear_hand_in, reopen, send_back
from audit_app.moderation.queries import sections_of

__all__ = [
    "Passing",
    "add_section",
    "agree_with_rest",
    "allow_late",
    "challenge",
    "commit_blind",
    "complete_quarter",
    "could_settle",
    "decide",
    "decline",
    "draw",
    "fingerprint_of",
    "finish",
    "give",
    "go_on_after_hand_in",
    "hear_hand_in",
    "hear_round",
    "hear_void",
    "make_exercise",
    "name_resolver",
    "open_section",
    "overtake",
    "pass_on",
    "place_waiting",
    "plan_passing_on",
    "rate",
    "refusal_for",
    "refusal_of_resolver",
    "remove_added",
    "reopen",
    "resolve",
    "resolving",
    "rule",
    "save_blind",
    "sections_of",
    "send_back",
    "settle_instead",
    "take_back",
    "take_in",
    "unruled",
    "withdraw_challenge",
    "working",
    "write_added",
]

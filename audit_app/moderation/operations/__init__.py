"""What is done in moderation: giving, judging blind, settling, deciding, finishing, sending back, reopening."""

from audit_app.moderation.operations.beginning import working
from audit_app.moderation.operations.deciding import agree_with_rest, decide, finish, open_section, rate
from audit_app.moderation.operations.giving import draw, give, make_exercise, refusal_for, take_back
from audit_app.moderation.operations.judging import commit_blind, save_blind
from audit_app.moderation.operations.turning import go_on_after_hand_in, hear_hand_in, reopen, send_back
from audit_app.moderation.queries import sections_of

__all__ = [
    "agree_with_rest",
    "commit_blind",
    "decide",
    "draw",
    "finish",
    "give",
    "go_on_after_hand_in",
    "hear_hand_in",
    "make_exercise",
    "open_section",
    "rate",
    "refusal_for",
    "reopen",
    "save_blind",
    "sections_of",
    "send_back",
    "take_back",
    "working",
]

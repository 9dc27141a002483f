"""The pages of actions: one's own, those of a unit, one of them, and what may be done to it."""

from flask import Blueprint

blueprint = Blueprint("actions", __name__)

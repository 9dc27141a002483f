"""The pages of this room."""

from flask import Blueprint

blueprint = Blueprint("moderation", __name__)

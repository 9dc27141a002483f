"""The pages of accounts: signing in and out, one-time links, people."""

from flask import Blueprint

blueprint = Blueprint("identity", __name__)

"""Figures drawn over time, between teams and section by section."""

from flask import render_template
from flask.typing import ResponseReturnValue

from audit_app.measures import album, queries
from audit_app.measures.album import MONTHS, SECTIONS, TEAMS
from audit_app.measures.shares import CHARTED
from audit_app.measures.views import blueprint
from audit_app.measures.views.figures import asked_of_units, rows_of_months, rows_of_teams, works_with


@blueprint.get("/measures/months")
@works_with
def months() -> ResponseReturnValue:
    """One figure month by month, with what is more than chance."""
    asked = asked_of_units()
    made_from = queries.material(MONTHS, asked.filters, asked.who, asked.asked)
    return render_template(
        "measures/months.html",
        asked=asked,
        held_blind=asked.held,
        audits=made_from.sums.audits,
        trend=album.trend(made_from),
        pictures=album.pictures(MONTHS, made_from),
        rows=rows_of_months(asked, made_from),
        every_section=asked.filters.every_section,
    )


@blueprint.get("/measures/teams")
@works_with
def teams() -> ResponseReturnValue:
    """One figure team by team, held against what chance would make."""
    asked = asked_of_units()
    made_from = queries.material(TEAMS, asked.filters, asked.who, asked.asked)
    return render_template(
        "measures/teams.html",
        asked=asked,
        held_blind=asked.held,
        audits=made_from.sums.audits,
        charted=CHARTED[asked.chart.charted],
        pictures=album.pictures(TEAMS, made_from),
        rows=rows_of_teams(asked, made_from),
        every_section=asked.filters.every_section,
    )


@blueprint.get("/measures/sections")
@works_with
def sections() -> ResponseReturnValue:
    """Over-grading section by section, and why grades were changed."""
    asked = asked_of_units()
    made_from = queries.material(SECTIONS, asked.filters, asked.who, asked.asked)
    return render_template(
        "measures/sections.html",
        asked=asked,
        held_blind=asked.held,
        audits=made_from.sums.audits,
        pictures=album.pictures(SECTIONS, made_from),
        rows=album.sections_of(made_from),
        reasons=sorted(made_from.reasons, key=lambda one: (-one.count, one.name)),
    )

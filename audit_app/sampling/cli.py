"""Commands that draw a sample, share its cases out and explain it, for whoever checks or works without pages."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import click
from flask.cli import AppGroup

from audit_app.cases.codes import CATEGORIES
from audit_app.db import db, reading
from audit_app.programmes.model import Round
from audit_app.refusal import Refused, Stale
from audit_app.sampling import operations
from audit_app.sampling.departing import METHODS, departures_data
from audit_app.sampling.describing import STRATA
from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.explanation import explain, policy_words
from audit_app.sampling.fingerprint import fingerprint_of_draw
from audit_app.sampling.keeping import excluded_data
from audit_app.sampling.model import Sample
from audit_app.sampling.policy import decimal_of
from audit_app.sampling.queries import auditors, frames, samples
from audit_app.sampling.selection import Drawn, chance_of
from audit_app.sampling.terms import LARGEST_SAMPLE, MOST_EACH, DrawTerms

sampling = AppGroup("sampling", help="Draw samples for rounds, share cases out, and explain how a case was chosen.")


@sampling.command("draw")
@click.option("--round", "round_id", type=int, required=True, help="The number of the round.")
@click.option("--method", type=click.Choice(list(METHODS)), help="How cases are drawn.")
@click.option("--size", type=click.IntRange(1, LARGEST_SAMPLE), help="How many cases to draw.")
@click.option("--share", help="Draw this percentage of the list instead, for example 10.")
@click.option("--each", type=click.IntRange(1, MOST_EACH), help="Draw so many for each auditor who takes part instead.")
@click.option(
    "--seed", help=f"Up to {LONGEST_SEED} characters; the same seed gives the same sample. [default: by chance]"
)
@click.option(
    "--by", "strata", multiple=True, help=f"What to group the list by: {', '.join(STRATA)}, or a column of it."
)
@click.option("--minimum", type=click.IntRange(1, 100), help="Least from each group.")
@click.option("--weight", "weights", multiple=True, help="For example “category=Child protection plan=3”.")
@click.option("--months", type=click.IntRange(0, 60), help="Leave out cases audited in the last months; 0 for none.")
@click.option("--weeks", type=click.IntRange(0, 520), help="Leave out cases open for less than so many weeks.")
@click.option("--complaints/--no-complaints", default=None, help="Leave out cases with an open complaint.")
@click.option("--legal-hold/--no-legal-hold", default=None, help="Leave out cases under a legal hold.")
@click.option("--elsewhere/--no-elsewhere", default=None, help="Leave out cases that wait in another round.")
@click.option("--family/--no-family", default=None, help="Of brothers and sisters, leave out all but one by lot.")
@click.option(
    "--status", "categories", multiple=True, type=click.Choice(list(CATEGORIES)), help="Draw only from these."
)
@click.option("--leave-out", "references", multiple=True, help="A case to leave out, by its reference.")
@click.option("--because", default="", help="Why these cases are left out.")
@click.option("--look", is_flag=True, help="Show what would be drawn, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON, what was left out included.")
def draw(round_id: int, look: bool, as_json: bool, **given: Any) -> None:
    """Draw a sample from a round's case list and keep it; what is not said follows the programme's policy."""
    try:
        if look:
            with reading():
                round_ = _round(round_id)
                seen = operations.look(round_, _terms(round_, given))
                said = _said(seen.drawn) | {"departures": departures_data(seen.departures)}
        else:
            round_ = _round(round_id)
            sample = operations.draw(round_, _terms(round_, given), by=None)
            drawn = samples.redrawn(sample)
            said = {"sample": sample.id} | _said(drawn) | {"departures": sample.terms["departures"]}
            db.session.commit()
    except Refused as refused:
        raise click.ClickException(refused.refusal.reason) from refused
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else "\n".join(_lines(said)))


def _round(round_id: int) -> Round:
    found = db.session.get(Round, round_id)
    if found is None:
        raise click.ClickException(f"There is no round {round_id}.")
    return found


def _terms(round_: Round, given: dict[str, Any]) -> DrawTerms:
    """The programme's terms, with what the command says instead."""
    terms = operations.usual_terms(round_, given.pop("seed") or secrets.token_hex(6))
    sizes = {name: given.pop(name) for name in ("size", "share", "each")}
    if sum(value is not None for value in sizes.values()) > 1:
        raise click.UsageError("Give one of --size, --share and --each.")
    if sizes["size"] is not None:
        terms = replace(terms, sized_by="number", size=sizes["size"])
    if sizes["each"] is not None:
        terms = replace(terms, sized_by="per_auditor", per_auditor=sizes["each"])
    if sizes["share"] is not None:
        percent = decimal_of(sizes["share"].rstrip("% "))
        if percent is None or not Decimal("0.1") <= percent <= 100:
            raise click.UsageError("--share is a percentage from 0.1 to 100.")
        terms = replace(terms, sized_by="share", share=str(percent / 100))
    if weights := given.pop("weights"):
        terms = replace(terms, weights=_weights(weights))
    said = {name: value for name, value in given.items() if value not in (None, ())}
    terms = replace(terms, **said)
    known = {*STRATA, *frames.own_columns_of(round_)}
    if unknown := sorted({*terms.strata, *terms.weights} - known):
        raise click.ClickException(f"The list has no column “{unknown[0]}”. It has: {', '.join(sorted(known))}.")
    return terms


def _weights(given: Iterable[str]) -> dict[str, dict[str, str]]:
    """Weights from “attribute=value=number”; the value may hold an equals sign."""
    found: dict[str, dict[str, str]] = {}
    for one in given:
        name, _, rest = one.partition("=")
        value, parted, times = rest.rpartition("=")
        if not parted or not name:
            raise click.UsageError("Write a weight as attribute=value=number.")
        found.setdefault(name, {})[value] = times
    return found


def _said(drawn: Drawn) -> dict[str, Any]:
    return {
        "policy": drawn.policy.to_data(),
        "seed": drawn.seed,
        "algorithm": drawn.algorithm,
        "fingerprint": fingerprint_of_draw(drawn),
        "list": {"cases": len(drawn.frame.cases), "fingerprint": drawn.frame_hash},
        "left_out": excluded_data(drawn),
        "cases": [
            {"reference": one.reference, "position": one.position, "chance": str(one.inclusion_probability)}
            for one in drawn.cases
        ],
        "in_words": policy_words(drawn.policy),
    }


def _lines(said: dict[str, Any]) -> list[str]:
    first = [f"Sample {said['sample']}"] if "sample" in said else [said["in_words"]]
    other = [f"{one['about']}: {one['here']} (the policy: {one['policy']})" for one in said["departures"]]
    out = len({one["reference"] for one in said["left_out"]})
    return [
        *first,
        f"Fingerprint {said['fingerprint']}",
        f"Seed {said['seed']}",
        f"List {said['list']['cases']:,} cases, {out:,} left out",
        *other,
        *(one["reference"] for one in said["cases"]),
    ]


@sampling.command("allocate")
@click.option("--round", "round_id", type=int, required=True, help="The number of the round.")
@click.option(
    "--auditor", "emails", multiple=True, help="Who takes part, by e-mail address. [default: whom the programme asks]"
)
@click.option("--seed", help=f"Up to {LONGEST_SEED} characters; one seed gives one result. [default: by chance]")
@click.option("--most", type=click.IntRange(1, 1000), help="Most audits for each. [default: as the programme says]")
@click.option("--issue", is_flag=True, help="Give the audits out; without this nothing is kept.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def allocate(
    round_id: int, emails: tuple[str, ...], seed: str | None, most: int | None, issue: bool, as_json: bool
) -> None:
    """Share the drawn cases that wait among auditors, evenly and at random within the rules.

    Ends with 0 when every case has an auditor, 3 when some are left over, 1 when nothing could be done.
    """
    lot = seed or secrets.token_hex(6)
    try:
        if issue:
            said = _share(_round(round_id), emails, lot, most, issue=True)
            db.session.commit()
        else:
            with reading():
                said = _share(_round(round_id), emails, lot, most, issue=False)
    except (Refused, Stale) as stopped:
        raise click.ClickException(str(stopped)) from stopped
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else "\n".join(_shared_lines(said)))
    if said["left_over"]:
        raise SystemExit(3)


def _share(round_: Round, emails: Iterable[str], seed: str, most: int | None, *, issue: bool) -> dict[str, Any]:
    chosen, cap = _auditors(round_, emails), most or round_.programme.policy.cap
    plan = operations.plan_allocation(round_, chosen, seed, cap)
    said = {"round": round_.id, "issued": issue, "seed": seed, "most_each": cap} | _shared(plan)
    if issue:
        given = operations.allocate_at_random(round_, chosen, seed, cap, plan.fingerprint, by=None)
        said["audits"] = [audit.id for audit in given]
    return said


def _auditors(round_: Round, emails: Iterable[str]) -> list[int]:
    able = {one.person.email: one for one in auditors.candidates(round_)}
    wanted = [email.strip().lower() for email in emails]
    if unknown := [email for email in wanted if email not in able]:
        raise click.ClickException(f"Nobody with the address {unknown[0]} may audit in this round.")
    return [able[email].person.id for email in wanted] or [one.person.id for one in able.values() if one.takes_part]


def _shared(plan: operations.Plan) -> dict[str, Any]:
    given = Counter(pair.auditor for pair in plan.final.pairs)
    return {
        "fingerprint": plan.fingerprint,
        "cases": [
            {"reference": pair.reference, "auditor": plan.able[pair.auditor].person.email} for pair in plan.final.pairs
        ],
        "auditors": [
            {
                "name": one.person.name,
                "email": one.person.email,
                "has": one.in_round,
                "gets": given[key],
                "limits": one.keeps_out,
            }
            for key, one in plan.auditors.items()
        ],
        "not_taking_part": [
            {"name": one.person.name, "email": one.person.email, "limits": one.keeps_out}
            for key, one in plan.able.items()
            if key not in plan.auditors
        ],
        "left_over": list(plan.final.unplaced),
        "explanation": list(plan.found.explanation),
    }


def _shared_lines(said: dict[str, Any]) -> list[str]:
    done = "Given out" if said["issued"] else "Nothing is given out; this is what would be"
    names = {one["email"]: one["name"] for one in said["auditors"]}
    return [
        f"{done}: {len(said['cases']):,} of {len(said['cases']) + len(said['left_over']):,} cases",
        f"Seed {said['seed']}",
        f"Fingerprint {said['fingerprint']}",
        *(f"{one['reference']}  {names[one['auditor']]}" for one in said["cases"]),
        *(f"{one['name']}: has {one['has']}, gets {one['gets']}. {one['limits']}".rstrip() for one in said["auditors"]),
        *said["explanation"],
    ]


@sampling.command("explain")
@click.option("--sample", "sample_id", type=int, required=True, help="The number of the sample.")
@click.option("--case", "reference", required=True, help="The reference of a case, drawn or not.")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON, with the exact chance.")
def explain_case(sample_id: int, reference: str, as_json: bool) -> None:
    """Say how a case was chosen, or why it was not."""
    with reading():
        sample = db.session.get(Sample, sample_id)
        if sample is None:
            raise click.ClickException(f"There is no sample {sample_id}.")
        drawn = samples.redrawn(sample)
        said = explain(drawn, reference)
        there = reference in drawn.frame.references()
    if not as_json:
        click.echo("\n".join(said))
        return
    told: dict[str, Any] = {"sample": sample_id, "case": reference, "on_the_list": there, "explanation": list(said)}
    if there:
        told |= {"in_sample": reference in drawn.references, "chance": str(chance_of(drawn, reference))}
    click.echo(json.dumps(told, ensure_ascii=False))

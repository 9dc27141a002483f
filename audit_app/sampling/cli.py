"""Commands that draw a sample and explain one, for whoever works without the pages or checks them."""

import click
from flask.cli import AppGroup

from audit_app.db import db, reading
from audit_app.programmes.model import Round
from audit_app.refusal import Refused
from audit_app.sampling import operations
from audit_app.sampling.describing import STRATA
from audit_app.sampling.draws import LONGEST_SEED
from audit_app.sampling.explanation import explain, policy_words
from audit_app.sampling.fingerprint import fingerprint_of_draw
from audit_app.sampling.model import Sample
from audit_app.sampling.policy import Method
from audit_app.sampling.queries import samples
from audit_app.sampling.terms import LARGEST_SAMPLE, MONTHS, DrawTerms

METHODS = (Method.SIMPLE, Method.PROPORTIONAL, Method.MINIMUM)

sampling = AppGroup("sampling", help="Draw samples of cases for rounds of audits, and explain how a case was chosen.")


@sampling.command("draw")
@click.option("--round", "round_id", type=int, required=True, help="The number of the round.")
@click.option("--method", type=click.Choice([one.value for one in METHODS]), required=True)
@click.option("--size", type=click.IntRange(1, LARGEST_SAMPLE), required=True, help="How many cases to draw.")
@click.option("--seed", required=True, help=f"Up to {LONGEST_SEED} characters; the same seed gives the same sample.")
@click.option("--by", "strata", multiple=True, type=click.Choice(list(STRATA)), help="What to group the list by.")
@click.option("--minimum", type=click.IntRange(1, 100), default=1, show_default=True, help="Least from each group.")
@click.option("--months", type=click.IntRange(0, 60), default=MONTHS, show_default=True, help="Since the last audit.")
@click.option("--leave-out", "references", multiple=True, help="A case to leave out, by its reference.")
@click.option("--because", default="", help="Why these cases are left out.")
@click.option("--look", is_flag=True, help="Show what would be drawn, and keep nothing.")
def draw(
    round_id: int,
    method: str,
    size: int,
    seed: str,
    strata: tuple[str, ...],
    minimum: int,
    months: int,
    references: tuple[str, ...],
    because: str,
    look: bool,
) -> None:
    """Draw a sample from a round's case list and keep it."""
    terms = DrawTerms(method, size, seed, strata or ("team",), minimum, months, True, references, because)
    try:
        if look:
            with reading():
                drawn = operations.plan_draw(_round(round_id), terms)
                said = [policy_words(drawn.policy), f"Fingerprint {fingerprint_of_draw(drawn)}", *drawn.references]
        else:
            sample = operations.draw(_round(round_id), terms, by=None)
            said = [f"Sample {sample.id}", f"Fingerprint {sample.fingerprint}", *samples.references_of(sample)]
            db.session.commit()
    except Refused as refused:
        raise click.ClickException(refused.refusal.reason) from refused
    click.echo("\n".join(said))


def _round(round_id: int) -> Round:
    found = db.session.get(Round, round_id)
    if found is None:
        raise click.ClickException(f"There is no round {round_id}.")
    return found


@sampling.command("explain")
@click.option("--sample", "sample_id", type=int, required=True, help="The number of the sample.")
@click.option("--case", "reference", required=True, help="The reference of a case, drawn or not.")
def explain_case(sample_id: int, reference: str) -> None:
    """Say how a case was chosen, or why it was not."""
    with reading():
        sample = db.session.get(Sample, sample_id)
        if sample is None:
            raise click.ClickException(f"There is no sample {sample_id}.")
        said = explain(samples.redrawn(sample), reference)
    click.echo("\n".join(said))

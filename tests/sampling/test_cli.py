"""The commands that draw and explain."""

import pytest
from flask import Flask
from sqlalchemy import select

from audit_app.db import db
from audit_app.sampling.model import Sample
from audit_app.sampling.queries import samples
from tests import make
from tests.make import Authority
from tests.sampling import listing
from tests.sampling.visiting import count_of


@pytest.fixture
def made(app: Flask) -> Authority:
    found = make.authority()
    listing.listed(found)
    return found


def test_a_command_draws_the_same_sample_as_the_page(app: Flask, made: Authority) -> None:
    args = ["sampling", "draw", "--round", str(made.round.id), "--method", "minimum", "--size", "8", "--seed", "a seed"]
    looked = app.test_cli_runner().invoke(args=[*args, "--look"])
    assert looked.exit_code == 0 and count_of(Sample) == 0
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 0 and looked.output.splitlines()[1:] == done.output.splitlines()[1:]
    sample = db.session.execute(select(Sample)).scalar_one()
    assert list(samples.references_of(sample)) == done.output.splitlines()[-8:]
    explained = app.test_cli_runner().invoke(
        args=["sampling", "explain", "--sample", str(sample.id), "--case", done.output.splitlines()[-1]]
    )
    assert explained.exit_code == 0 and "was drawn." in explained.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["draw", "--round", "999", "--method", "simple", "--size", "1", "--seed", "s"], "There is no round 999."),
        (["draw", "--round", "1", "--method", "minimum", "--size", "1", "--seed", "s"], "needs 4 cases"),
        (["explain", "--sample", "999", "--case", "1"], "There is no sample 999."),
    ],
)
def test_a_command_that_cannot_do_it_says_why(app: Flask, made: Authority, args: list[str], said: str) -> None:
    answer = app.test_cli_runner().invoke(args=["sampling", *args])
    assert answer.exit_code == 1 and said in answer.output

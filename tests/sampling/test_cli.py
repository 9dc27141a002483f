"""The commands that draw and explain."""

import json
from fractions import Fraction

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from audit_app.auditing.model import Audit
from audit_app.cases.model import CaseRecord
from audit_app.db import db
from audit_app.programmes.policies import Policies
from audit_app.sampling.model import Sample
from audit_app.sampling.queries import samples
from tests import make
from tests.make import Authority
from tests.sampling import listing
from tests.sampling.visiting import count_of, drawn


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


def run(app: Flask, *args: str) -> Result:
    return app.test_cli_runner().invoke(args=["sampling", *args])


def test_what_a_command_does_not_say_follows_the_programmes_policy(app: Flask, made: Authority) -> None:
    made.round.programme.policies = Policies(method="proportional", size=6).to_data()
    db.session.commit()
    said = json.loads(run(app, "draw", "--round", str(made.round.id), "--json").output)
    assert said["policy"] == {"method": "proportional", "size": 6, "strata": ["team"]}
    assert said["departures"] == [] and said["left_out"] == [] and len(said["cases"]) == 6
    sample = db.session.get_one(Sample, said["sample"])
    assert (sample.fingerprint, sample.seed) == (said["fingerprint"], said["seed"])


def test_a_command_draws_by_every_policy_and_says_what_was_left_out(app: Flask, made: Authority) -> None:
    some = db.session.execute(select(CaseRecord.reference).order_by(CaseRecord.id)).scalars().first()
    args = ["draw", "--round", str(made.round.id), "--method", "weighted", "--share", "20%", "--seed", "s", "--json"]
    args += ["--weight", "category=Child protection plan=3", "--weight", "team=Team 11=0.5", "--months", "3"]
    args += ["--weeks", "0", "--no-family", "--no-complaints", "--leave-out", str(some), "--because", "Shown", "--look"]
    said = json.loads(run(app, *args).output)
    assert said["policy"] == {
        "method": "weighted",
        "share": "0.2",
        "weights": {"category": {"Child protection plan": "3"}, "team": {"Team 11": "0.5"}},
    }
    assert said["left_out"] == [{"reference": some, "reason": "by_hand", "words": "Shown"}]
    assert len(said["cases"]) == 4 and sum(map(Fraction, (one["chance"] for one in said["cases"]))) > 0
    assert {"about": "Brothers and sisters", "here": "all can be drawn", "policy": "one of each family"} in said[
        "departures"
    ]
    assert count_of(Sample) == 0


def test_an_explanation_can_be_had_as_json_with_the_exact_chance(app: Flask, made: Authority) -> None:
    sample = drawn(made)
    held = sample.cases[0].case.reference
    said = json.loads(run(app, "explain", "--sample", str(sample.id), "--case", held, "--json").output)
    assert (said["on_the_list"], said["in_sample"], said["chance"]) == (True, True, "2/5")
    assert said["explanation"][0] == f"Case {held} was drawn."
    nowhere = json.loads(run(app, "explain", "--sample", str(sample.id), "--case", "404", "--json").output)
    assert nowhere["on_the_list"] is False and "chance" not in nowhere


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["draw", "--round", "999", "--method", "simple", "--size", "1", "--seed", "s"], "There is no round 999."),
        (["draw", "--round", "1", "--method", "minimum", "--size", "1", "--seed", "s"], "needs 4 cases"),
        (["draw", "--round", "1", "--method", "simple", "--seed", "s"], "Enter how many cases to draw"),
        (["draw", "--round", "1", "--by", "Shoe size", "--size", "4"], "The list has no column “Shoe size”"),
        (["explain", "--sample", "999", "--case", "1"], "There is no sample 999."),
    ],
)
def test_a_command_that_cannot_do_it_says_why(app: Flask, made: Authority, args: list[str], said: str) -> None:
    answer = app.test_cli_runner().invoke(args=["sampling", *args])
    assert answer.exit_code == 1 and said in answer.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--size", "4", "--each", "2"], "Give one of --size, --share and --each."),
        (["--share", "0"], "--share is a percentage from 0.1 to 100."),
        (["--share", "ten"], "--share is a percentage from 0.1 to 100."),
        (["--method", "weighted", "--weight", "team"], "Write a weight as attribute=value=number."),
    ],
)
def test_a_command_that_is_written_wrongly_says_how_to_write_it(
    app: Flask, made: Authority, args: list[str], said: str
) -> None:
    answer = run(app, "draw", "--round", str(made.round.id), *args)
    assert answer.exit_code == 2 and said in answer.output


def test_a_command_shares_cases_out_after_a_look_that_keeps_nothing(app: Flask, made: Authority) -> None:
    drawn(made)
    args = ["allocate", "--round", str(made.round.id), "--seed", "a seed"]
    looked = run(app, *args)
    assert looked.exit_code == 0 and "Nothing is given out" in looked.output and count_of(Audit) == 0
    done = json.loads(run(app, *args, "--issue", "--json").output)
    assert done["issued"] and len(done["audits"]) == 8 == count_of(Audit) and done["left_over"] == []
    given = {f"{one['reference']}  " for one in done["cases"]}
    assert all(any(line.startswith(one) for line in looked.output.splitlines()) for one in given)
    assert {one["name"] for one in done["auditors"]} == {"Manager One", "Manager Two", "Manager Three"}
    again = run(app, *args, "--issue")
    assert again.exit_code == 1 and "has been given to an auditor" in again.output


def test_a_command_says_which_cases_are_left_over_and_why(app: Flask, made: Authority) -> None:
    drawn(made)
    args = ["allocate", "--round", str(made.round.id), "--auditor", made.far_manager.email, "--most", "2"]
    answer = run(app, *args)
    assert answer.exit_code == 3 and "room for 2" in answer.output and "2 of 8 cases" in answer.output
    unknown = run(app, "allocate", "--round", str(made.round.id), "--auditor", made.board.email)
    assert unknown.exit_code == 1 and "may audit in this round" in unknown.output

"""The PostgreSQL server of a test run: one for all workers, and for every test a database of its own."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests.postgres import Server

pytestmark = pytest.mark.postgres


def answer(url: str, command: str) -> object:
    """What a database answers to a command: the one value it gives, or nothing."""
    place = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(place, autocommit=True) as connection:
        rows = connection.execute(command)
        row = rows.fetchone() if rows.description else None
    return row[0] if row else None


@pytest.fixture
def template(postgres_server: Server) -> str:
    """A template with one table."""
    return postgres_server.template("of-house-tests", lambda url: answer(url, "CREATE TABLE grades (name text)"))


def test_two_copies_of_a_template_do_not_see_each_other(postgres_server: Server, template: str) -> None:
    one, other = postgres_server.create(template), postgres_server.create(template)
    answer(one, "INSERT INTO grades VALUES ('good')")
    assert (answer(one, "SELECT count(*) FROM grades"), answer(other, "SELECT count(*) FROM grades")) == (1, 0)
    postgres_server.drop(one)
    postgres_server.drop(other)


def test_a_template_is_prepared_once(postgres_server: Server, template: str) -> None:
    def never(url: str) -> None:
        raise AssertionError("prepared twice")

    assert postgres_server.template("of-house-tests", never) == template


def test_a_dropped_database_is_gone(postgres_server: Server) -> None:
    url = postgres_server.create()
    postgres_server.drop(url)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        answer(url, "SELECT 1")


def test_the_server_confirms_no_write_before_it_is_done(postgres_server: Server) -> None:
    assert answer(postgres_server.url, "SHOW synchronous_commit") == "on"
    assert Path(postgres_server.place).exists()

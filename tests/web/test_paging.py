"""Pages of a list: walking through them meets every row once, whatever the rows are called and whatever is asked."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, insert, select

from audit_app.db import db
from audit_app.organisation.model import Unit
from audit_app.web.paging import Page, page

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=4)
tricky = st.sampled_from(["~", "%7E", "%", "a~1", "1~a", "\u00a0", "\n", "Łucja", "+", " "])
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def keep(called: Sequence[str]) -> None:
    """Units that are called like this, and no others."""
    db.session.execute(delete(Unit))
    for n, name in enumerate(called):
        row = {"id": n + 1, "name": name, "kind": "authority", "path": f"/{n + 1}/", "active": True, "version_id": 1}
        db.session.execute(insert(Unit).values(row))


def by_name(size: int, falling: bool) -> Callable[..., Page[Unit]]:
    """How pages of units by name are asked for."""

    def ask(after: str = "", before: str = "") -> Page[Unit]:
        return page(
            select(Unit), (Unit.name, Unit.id), lambda u: (u.name, u.id), total=0, after=after, before=before,
            parse=(str, int), size=size, falling=falling,
        )  # fmt: skip

    return ask


def in_order(falling: bool) -> list[int]:
    """The units as the database itself orders them."""
    order = (Unit.name.desc(), Unit.id.desc()) if falling else (Unit.name, Unit.id)
    return list(db.session.execute(select(Unit.id).order_by(*order)).scalars())


def ids(shown: Page[Unit]) -> list[int]:
    return [unit.id for unit in shown.items]


@pytest.mark.parametrize("falling", [False, True])
@given(called=st.lists(names | tricky, max_size=14), size=st.integers(1, 5))
@quick
def test_walking_on_and_back_meets_every_row_once_and_in_order(
    either_app: Flask, falling: bool, called: list[str], size: int
) -> None:
    keep(called)
    ask = by_name(size, falling)
    shown = ask()
    assert shown.first and shown.newer is None
    pages = [shown]
    while shown.older is not None:
        shown = ask(after=shown.older)
        assert not shown.first
        pages.append(shown)
        assert len(pages) <= len(called)
    assert [one for each in pages for one in ids(each)] == in_order(falling)
    assert all(len(each.items) == size for each in pages[:-1])
    back = [shown]
    while shown.newer is not None:
        shown = ask(before=shown.newer)
        back.insert(0, shown)
        assert len(back) <= len(pages)
    assert [ids(each) for each in back] == [ids(each) for each in pages]
    assert back[0].first
    db.session.rollback()


@given(mark=st.text(max_size=12) | st.from_regex(r"-?[0-9]{1,40}(~-?[0-9]{1,40})?", fullmatch=True) | tricky)
@quick
def test_a_key_that_means_nothing_is_harmless(either_app: Flask, mark: str) -> None:
    keep(["a", "b", "c"])
    for asked in ({"after": mark}, {"before": mark}, {"after": mark, "before": mark}):
        shown = by_name(2, falling=False)(**asked)
        assert ids(shown) in ([1, 2], [2, 3], [3], [1])
        numbered = page(select(Unit), (Unit.id,), lambda u: (u.id,), total=3, size=2, **asked)  # type: ignore[arg-type]
        assert ids(numbered) in ([1, 2], [2, 3], [3], [1])
        assert numbered.total == 3
    db.session.rollback()


@pytest.mark.parametrize("mark", ["9" * 20, "-" + "9" * 20, "1" * 5000, "1~2", "\ud800", "\0", "x", "٣~", "%00"])
def test_a_key_that_no_row_can_have_shows_the_first_page(either_app: Flask, mark: str) -> None:
    keep(["a", "b", "c"])
    for asked in ({"after": mark}, {"before": mark}):
        shown = page(select(Unit), (Unit.id,), lambda u: (u.id,), total=3, size=2, **asked)  # type: ignore[arg-type]
        assert (ids(shown), shown.first) == ([1, 2], True)


def test_what_lies_beyond_either_end_is_never_an_empty_page(app: Flask) -> None:
    keep(["a", "b", "c"])
    assert ids(by_name(2, falling=False)(after="c~3")) == [1, 2]
    assert ids(by_name(2, falling=False)(before="a~1")) == [1, 2]
    keep([])
    assert by_name(2, falling=False)(after="c~3") == Page((), 0, None, None, True) or ids(by_name(2, False)()) == []


@pytest.mark.parametrize("falling", [False, True])
def test_the_last_page_is_found_by_the_index_as_the_first_is(app: Flask, falling: bool) -> None:
    plans: list[str] = []

    def explain(connection, cursor, statement, parameters, context, executemany) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("SELECT unit"):
            rows = connection.connection.execute("EXPLAIN QUERY PLAN " + statement, parameters).fetchall()
            plans.append(" ".join(row[3] for row in rows))

    keep([str(n) for n in range(60)])
    event.listen(db.engine, "before_cursor_execute", explain)
    try:
        for mark in ("", "30", "59"):
            page(select(Unit), (Unit.id,), lambda u: (u.id,), total=60, after=mark, falling=falling)
        assert len(plans) >= 3
        assert [plan for plan in plans if "TEMP B-TREE" in plan] == []
        plans.clear()
        page(select(Unit), (Unit.id * -1,), lambda u: (-u.id,), total=60)  # the control: a key that no index has
        assert "TEMP B-TREE" in plans[0]
    finally:
        event.remove(db.engine, "before_cursor_execute", explain)

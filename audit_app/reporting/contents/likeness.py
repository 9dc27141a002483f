"""How a sample compares with its list, for colleagues and as it is published (pure)."""

from collections.abc import Mapping, Sequence

from audit_app.measures.suppression import NOTE, SMALL, is_small
from audit_app.reporting.document import Chart, Column, Heading, Part, Table, Text
from audit_app.reporting.words import Cell
from audit_app.sampling.coverage import Coverage, PublishedFigure
from audit_app.sampling.coverage import published as publishable
from audit_app.sampling.coverage_scene import coverage_scene
from audit_app.sampling.selection import Drawn
from audit_app.web.formats import percent


def likeness(
    drawn: Drawn, tables: Sequence[Coverage], titles: Mapping[str, str], *, published: bool
) -> tuple[Part, ...]:
    """The section that compares a sample with its list."""
    title = Heading(1, "Does the sample look like the list?")
    if published and is_small(len(drawn.cases)):
        return (title, Text(f"The sample has {SMALL} cases or fewer, so it is not compared in public."))
    grouped = [titles.get(name, name).lower() for name in drawn.policy.strata or drawn.policy.weights]
    parts: list[Part] = [title]
    if grouped:
        said = f"The draw was {'weighed' if drawn.weighing else 'grouped'} by {', '.join(grouped)}."
        parts.append(Text(f"{said} By that the sample differs from the list as the policy means it to."))
    if published:
        parts.append(Text(NOTE, "note"))
        return (*parts, *(_published_table(one, titles) for one in tables))
    parts.append(
        Text(
            "Expected is how many there would be if the sample mirrored the list. More and fewer mark a count that is "
            "further off than about 19 in 20 draws by chance alone would be.",
            "note",
        )
    )
    for one in tables:
        table = _table(one, titles)
        caption = f"{titles[one.attribute]}: share of the list and of the sample"
        scene = coverage_scene(one, caption) if one.attribute == "team" else None
        parts.append(Chart(scene, caption, scene.description, table) if scene else table)
    return tuple(parts)


def _table(one: Coverage, titles: Mapping[str, str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in one.rows:
        expected = one.expected(row)
        mark = ""
        if one.beyond_chance(row) and expected is not None:
            mark = "more" if row.sampled > expected else "fewer"
        rows.append(
            (
                row.value or "Not recorded",
                _share(row.listed, one.listed),
                _share(row.sampled, one.sampled),
                f"{float(expected or 0):.1f}",
                mark,
            )
        )
    rows.append(("All", f"{one.listed:,}", f"{one.sampled:,}", "", ""))
    heads = ("List", "Sample", "Expected", "More or fewer")
    columns = (Column(titles[one.attribute], width_share=2.4), *(Column(name, "right") for name in heads))
    return Table(f"{titles[one.attribute]}: list and sample", columns, tuple(rows), row_headers=True)


def _share(count: int, whole: int) -> str:
    return f"{count:,} ({percent(count / whole, 0)})" if whole else f"{count:,}"


def _published_table(one: Coverage, titles: Mapping[str, str]) -> Table:
    safe = publishable(one)
    rows: list[tuple[Cell, ...]] = [
        (row.value or "Not recorded", _figure(row.listed), _figure(row.sampled)) for row in safe.rows
    ]
    rows.append(("All", _figure(safe.listed), _figure(safe.sampled)))
    columns = (Column(titles[one.attribute], width_share=2.4), Column("List", "right"), Column("Sample", "right"))
    return Table(f"{titles[one.attribute]}: list and sample", columns, tuple(rows), row_headers=True)


def _figure(figure: PublishedFigure) -> str:
    if figure.count is None:
        return figure.symbol
    return f"{figure.count:,}" + (f" ({percent(float(figure.share), 0)})" if figure.share is not None else "")

"""Reading a stranger's file in a child process: what is read, what is refused, and that nobody else is harmed."""

import datetime as dt
import resource
import threading
import time
from pathlib import Path

import pytest

from audit_app.cases.annex_a import read_case_list
from audit_app.cases.child import Reading, read_safely
from audit_app.cases.container import Limits, Unreadable
from audit_app.cases.workbook import sheets_of
from tests.cases.books import HOSTILE, LIST_6, line_6, ods, xls, xlsx


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def open_files() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_five_seconds_with_the_parent_alive(case: str, tmp_path: Path) -> None:
    name, content, reason = HOSTILE[case]
    file = put(tmp_path, "upload", content())
    before, files = cpu_of_children(), open_files()
    with pytest.raises(Unreadable) as refused:
        read_safely(file, filename=name)
    assert cpu_of_children() - before <= 5
    assert reason.lower() in refused.value.reason.lower()
    assert refused.value.reason.endswith(".")
    assert not any(word in refused.value.reason for word in ("Traceback", "Error", "Exception", "Calamine"))
    assert open_files() == files
    assert sorted(tmp_path.iterdir()) == [file]


def test_the_hostile_corpus_is_broad() -> None:
    assert len(HOSTILE) >= 12


ROWS = (LIST_6, line_6("00123", CIN_Start_Date=dt.date(2024, 3, 31)), line_6("A-7"))


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", xlsx(*ROWS)), ("a.ods", ods(*ROWS))])
def test_a_child_reads_the_same_as_this_process(name: str, content: bytes, tmp_path: Path) -> None:
    reading = read_safely(put(tmp_path, name, content))
    here = sheets_of(content, name)
    assert [(sheet.name, tuple(sheet.rows)) for sheet in reading.sheets] == [(s.name, tuple(s.rows)) for s in here]
    assert reading.rows == 3
    assert here[0].name == "List_6"


def test_an_older_workbook_is_read(tmp_path: Path) -> None:
    file = put(tmp_path, "a.xls", xls(("Child Unique ID", "Team", "Age"), ("00123", "Café", 7.0)))
    (sheet,) = read_safely(file).sheets
    assert [row.cells for row in sheet.rows] == [("Child Unique ID", "Team", "Age"), ("00123", "Café", 7.0)]


def test_every_kind_of_cell_survives_the_journey(tmp_path: Path) -> None:
    cells = (
        "text “quoted”\nsecond line",
        1.5,
        True,
        dt.date(2024, 2, 29),
        dt.datetime.fromisoformat("2024-02-29T13:05"),
        None,
        "last",
    )
    (sheet,) = read_safely(put(tmp_path, "a.xlsx", xlsx(("a", "b", "c"), cells))).sheets
    assert list(sheet.rows)[1].cells == cells


def test_rows_can_be_gone_through_twice_and_side_by_side(tmp_path: Path) -> None:
    (sheet,) = read_safely(put(tmp_path, "a.xlsx", xlsx(*ROWS))).sheets
    assert list(zip(sheet.rows, sheet.rows, strict=True)) == [(row, row) for row in sheet.rows]


def test_rows_outlive_the_reading_and_the_file(tmp_path: Path) -> None:
    file = put(tmp_path, "a.xlsx", xlsx(*ROWS))
    rows = read_safely(file).sheets[0].rows
    file.unlink()
    assert len(list(rows)) == 3


def test_row_numbers_are_those_seen_in_excel(tmp_path: Path) -> None:
    content = xlsx(("Title",), (), (None, None), (None, "x"))
    (sheet,) = read_safely(put(tmp_path, "a.xlsx", content)).sheets
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("Title",)), (4, (None, "x"))]


def test_a_file_over_the_limit_of_time_is_stopped(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", b"1,2,3\n" * 190_000)
    with pytest.raises(Unreadable, match="too long"):
        read_safely(file, limits=Limits(wall_seconds=0.01))


def test_a_file_over_the_limit_of_memory_is_stopped(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", b"1,2,3\n" * 190_000)
    with pytest.raises(Unreadable):
        read_safely(file, limits=Limits(memory_bytes=45 * 1024 * 1024))


def test_a_file_over_the_limit_of_output_is_stopped(tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", b"1,2,3\n" * 1000)
    with pytest.raises(Unreadable, match="memory"):
        read_safely(file, limits=Limits(output_bytes=2000))


def test_a_spinning_child_is_ended_by_the_limit_of_cpu(tmp_path: Path) -> None:
    content = b",".join([b"a"] * 290) + b"\n"
    file = put(tmp_path, "a.csv", content * 40_000)
    before = cpu_of_children()
    with pytest.raises(Unreadable, match="too long"):
        read_safely(file, limits=Limits(cpu_seconds=1))
    assert cpu_of_children() - before < 2


def a_long_list(rows: int) -> bytes:
    lines = [line_6(f"{n:07}", CIN_Start_Date="01/02/2024", Gender="a) Male") for n in range(1, rows + 1)]
    return "\n".join(",".join(str(cell or "") for cell in line) for line in (LIST_6, *lines)).encode()


def test_a_hundred_thousand_rows_are_read_within_the_limits(tmp_path: Path) -> None:
    reading = read_safely(put(tmp_path, "List 6.csv", a_long_list(100_000)))
    assert reading.rows == 100_001
    assert reading.cpu_seconds < 5
    found = read_case_list(reading.sheets, taken_on=dt.date(2024, 7, 31))
    assert len(found.rows) == 100_000
    assert not found.warnings


@pytest.mark.soak
def test_a_hundred_thousand_rows_of_a_workbook_are_read_within_the_limits(tmp_path: Path) -> None:
    lines = [line_6(f"{n:07}", CIN_Start_Date=dt.date(2024, 2, 1)) for n in range(1, 100_001)]
    reading = read_safely(put(tmp_path, "a.xlsx", xlsx(LIST_6, *lines)))
    assert reading.rows == 100_001
    assert reading.cpu_seconds < 5


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    good = put(tmp_path, "a.xlsx", xlsx(*ROWS))
    bad = put(tmp_path, "b.xlsx", b"")
    readings: list[Reading] = []
    refusals: list[str] = []

    def read(file: Path) -> None:
        try:
            readings.append(read_safely(file))
        except Unreadable as problem:
            refusals.append(problem.reason)

    threads = [threading.Thread(target=read, args=(file,)) for file in (good, bad) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [reading.rows for reading in readings] == [3] * 4
    assert refusals == ["The file is empty."] * 4


def children() -> set[str]:
    """The processes that this one has started and that are still there."""
    return {one for thread in Path("/proc/self/task").iterdir() for one in (thread / "children").read_text().split()}


def test_no_child_is_left_behind(tmp_path: Path) -> None:
    file, before = put(tmp_path, "a.csv", b"1,2,3\n" * 190_000), children()
    with pytest.raises(Unreadable):
        read_safely(file, limits=Limits(wall_seconds=0.05))
    until = time.monotonic() + 20  # a busy machine takes its time to bury them
    while children() - before and time.monotonic() < until:
        time.sleep(0.02)
    assert children() - before == set()


def test_a_name_cannot_carry_anything_but_its_ending(tmp_path: Path) -> None:
    file = put(tmp_path, "upload", xlsx(*ROWS))
    assert read_safely(file, filename="../../\0; rm -rf ~ é.XLSX").rows == 3


def test_a_reader_that_does_not_start_is_our_fault_and_not_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit_app.cases.child.PACKAGE_ROOT", tmp_path)
    with pytest.raises(RuntimeError, match="did not start"):
        read_safely(put(tmp_path, "a.xlsx", xlsx(*ROWS)))


def test_the_child_may_not_open_files(tmp_path: Path) -> None:
    """The last wall: were a reader ever to follow a link out of a workbook, the system would refuse it."""
    import subprocess
    import sys

    code = (
        "from audit_app.cases.child import confine\nfrom audit_app.cases.container import Limits\n"
        "confine(Limits())\ntry:\n    open('/etc/hostname')\nexcept OSError as problem:\n    print(problem.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "24"

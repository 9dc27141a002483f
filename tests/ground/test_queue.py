"""Writers in line: in order of arrival, beside other processes, and nobody stuck behind one who is gone."""

import fcntl
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from audit_app.db import Queue, waiting_at_most
from tests.ground.conftest import until
from tests.house.rooms import ROOT

BESIDE = """
import sys
from pathlib import Path
from audit_app.db import Queue
queue = Queue(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    queue.take()
    print("has it", flush=True)
    sys.stdin.readline()
    queue.give()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "audits.sqlite3.turn"


@pytest.fixture
def queue(place: Path) -> Queue:
    return Queue(place)


@pytest.fixture
def beside(place: Path) -> Iterator[Callable[[int], subprocess.Popen[str]]]:
    """Starts another process that takes its turn so many times, and gives it up at each line it is sent."""
    started: list[subprocess.Popen[str]] = []

    def start(times: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", BESIDE, str(place), str(times)]
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.communicate()


def is_free(queue: Queue) -> bool:
    """Whether somebody new gets the turn."""
    with waiting_at_most(5):
        queue.take()
    queue.give()
    return True


def test_writers_go_in_the_order_in_which_they_came(queue: Queue) -> None:
    went: list[int] = []

    def write(number: int) -> None:
        queue.take()
        went.append(number)
        queue.give()

    queue.take()
    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        until(lambda: queue.waiting == len(threads))
    queue.give()
    for thread in threads:
        thread.join(20)
    assert went == list(range(8))


def test_whoever_comes_back_at_once_stands_behind_those_who_wait(queue: Queue) -> None:
    went: list[str] = []

    def write() -> None:
        queue.take()
        went.append("the one who waited")
        queue.give()

    queue.take()
    thread = threading.Thread(target=write)
    thread.start()
    until(lambda: queue.waiting == 1)
    queue.give()
    queue.take()
    went.append("the one who came back")
    queue.give()
    thread.join(20)
    assert went == ["the one who waited", "the one who came back"]


def test_whoever_waits_too_long_is_told_that_the_database_is_busy(queue: Queue) -> None:
    answers: list[str] = []

    def write() -> None:
        with waiting_at_most(0.02), pytest.raises(OperationalError, match="busy"):
            queue.take()
        answers.append("busy")

    queue.take()
    thread = threading.Thread(target=write)
    thread.start()
    thread.join(20)
    assert (answers, queue.waiting) == (["busy"], 0)
    queue.give()
    assert is_free(queue)


def test_a_writer_that_already_writes_is_told_so_at_once(queue: Queue) -> None:
    queue.take()
    with pytest.raises(RuntimeError, match="already writes"):
        queue.take()
    queue.give()
    assert is_free(queue)


def test_a_writer_that_is_interrupted_while_it_waits_leaves_the_line(queue: Queue) -> None:
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        queue.take()
        held.set()
        until(lambda: queue.waiting == 1)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR1)
        free.wait(20)
        queue.give()

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, interrupt)
    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    try:
        with pytest.raises(KeyboardInterrupt):
            queue.take()
    finally:
        signal.signal(signal.SIGUSR1, before)
        free.set()
    thread.join(20)
    assert queue.waiting == 0
    assert is_free(queue)


class Leaky(Queue):
    """The control: a queue that does not look after those who stop waiting."""

    def _leave(self, mine: threading.Event) -> bool:
        return True


@pytest.mark.parametrize(("kind", "works"), [(Queue, True), (Leaky, False)])
def test_a_writer_that_gives_up_never_has_the_turn_given_to_it(place: Path, kind: type[Queue], works: bool) -> None:
    queue = kind(place)

    def give_up() -> None:
        with waiting_at_most(0.01), pytest.raises(OperationalError):
            queue.take()

    queue.take()
    thread = threading.Thread(target=give_up)
    thread.start()
    thread.join(20)
    queue.give()
    with waiting_at_most(0.2):
        if works:
            queue.take()
        else:
            with pytest.raises(OperationalError, match="busy"):
                queue.take()


def test_many_impatient_writers_leave_the_queue_as_they_found_it(queue: Queue) -> None:
    inside, together, got, given_up = 0, [0], [0], [0]

    def write(seed: int) -> None:
        nonlocal inside
        chance = random.Random(seed)
        for _ in range(60):
            try:
                with waiting_at_most(chance.choice((0, 0.0005, 0.002, 0.01))):
                    queue.take()
            except OperationalError:
                given_up[0] += 1
                continue
            inside += 1
            together[0] = max(together[0], inside)
            if chance.random() < 0.5:
                time.sleep(0.001)
            inside -= 1
            got[0] += 1
            queue.give()

    threads = [threading.Thread(target=write, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert together == [1]
    assert got[0] and given_up[0]
    assert queue.waiting == 0
    assert is_free(queue)


def test_another_process_waits_for_its_turn_and_is_waited_for(
    queue: Queue, beside: Callable[[int], subprocess.Popen[str]]
) -> None:
    other = beside(1)
    assert other.stdout is not None and other.stdin is not None
    assert other.stdout.readline() == "has it\n"
    with waiting_at_most(0.02), pytest.raises(OperationalError, match="busy"):
        queue.take()
    print(file=other.stdin, flush=True)
    assert is_free(queue)
    assert other.wait(20) == 0


def test_a_process_that_is_killed_leaves_no_lock_behind(
    queue: Queue, beside: Callable[[int], subprocess.Popen[str]]
) -> None:
    other = beside(1)
    assert other.stdout is not None
    other.stdout.readline()
    other.kill()
    assert is_free(queue)


def test_a_busy_process_does_not_overtake_another_at_every_turn(
    queue: Queue, beside: Callable[[int], subprocess.Popen[str]]
) -> None:
    own, stop = [0], threading.Event()

    def write() -> None:
        while not stop.is_set():
            queue.take()
            time.sleep(0.002)  # as long as a transaction takes
            own[0] += 1
            queue.give()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    other = beside(20)
    assert other.stdout is not None and other.stdin is not None
    between = []
    try:
        for turn in range(20):
            before = own[0]
            if turn:
                time.sleep(0.01)
                print(file=other.stdin, flush=True)  # so that it gives its turn up and stands in line again
            assert other.stdout.readline() == "has it\n"
            between.append(own[0] - before)
    finally:
        stop.set()
        print(file=other.stdin, flush=True)
        for thread in threads:
            thread.join(20)
    # The first does not count: the process had to start. Then they go in turn, one and one, or nearly.
    assert 10 <= sum(between[1:]) <= 200


def test_a_copy_of_the_handle_in_a_child_does_not_keep_the_lock(queue: Queue, place: Path) -> None:
    queue.take()
    handles = [int(one.name) for one in Path("/proc/self/fd").iterdir() if one.exists() and one.samefile(place)]
    assert handles
    child = subprocess.Popen(["sleep", "60"], pass_fds=handles)
    try:
        queue.give()
        assert is_free(Queue(place))
    finally:
        child.kill()
        child.wait()


def test_without_a_place_for_the_lock_the_database_is_busy_and_not_broken(tmp_path: Path) -> None:
    queue = Queue(tmp_path / "missing" / "audits.sqlite3.turn")
    with pytest.raises(OperationalError):
        queue.take()
    (tmp_path / "missing").mkdir()
    assert is_free(queue)


def test_the_lock_is_for_its_owners_eyes_only(queue: Queue, place: Path) -> None:
    before = os.umask(0)
    try:
        assert is_free(queue)
    finally:
        os.umask(before)
    assert [one.stat().st_mode & 0o777 for one in place.parent.iterdir()] == [0o600, 0o600]
    with place.open() as free:
        fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Set-up works on a bare machine, says what is missing, and cannot hang."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.rooms import ROOT
from tools.setup import environment, serve
from tools.setup.machine import Missing, carry_out, succeeds

TARGETS = ("help", "run", "test", "sure", "fast", "soak", "bench", "lock", "format", "vendor", "pictures", "clean")


def said_by(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a command of the project says."""
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_make_alone_lists_what_can_be_done() -> None:
    listed = [
        line.split()[1] for line in said_by("make", MAKEFLAGS="").stdout.splitlines() if line.startswith("  make ")
    ]
    assert listed == list(TARGETS)


def test_continuous_integration_runs_what_everybody_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "make test"


def test_a_machine_without_a_new_enough_python_is_told_so() -> None:
    said = said_by(str(ROOT / "tools" / "setup" / "find-python"), PYTHON="no-such-python")
    assert said.returncode == 1
    assert "Python 3.11 or newer is needed" in said.stderr


def test_a_new_enough_python_is_found_by_name() -> None:
    said = said_by(str(ROOT / "tools" / "setup" / "find-python"), PYTHON=sys.executable)
    assert (said.returncode, said.stdout.strip()) == (0, sys.executable)


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    modules = "tools.setup.environment, tools.setup.machine, tools.setup.postgres, tools.setup.serve"
    assert (
        said_by(sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, '.'); import {modules}").stderr == ""
    )


def test_a_command_that_hangs_is_ended_when_its_time_is_up(capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    assert not succeeds([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert time.monotonic() - began < 30
    assert "No answer within" in capsys.readouterr().err


def test_what_a_hanging_command_started_ends_with_it(tmp_path: Path) -> None:
    beats = tmp_path / "beats"
    beating = f"(while true; do echo >> {beats}; sleep 0.1; done) & wait"
    assert not succeeds(["sh", "-c", beating], seconds=5)
    time.sleep(1)  # a signal takes a moment on a busy machine
    counted = beats.stat().st_size
    time.sleep(1)
    assert beats.stat().st_size == counted > 0


def test_a_command_gets_no_input_to_wait_for() -> None:
    assert succeeds([sys.executable, "-c", "import sys; sys.exit(len(sys.stdin.read()))"], seconds=30)


def test_a_command_that_is_not_there_does_not_succeed() -> None:
    assert not succeeds(["no-such-command"], seconds=5)


def test_what_is_missing_is_said_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    def step() -> None:
        raise Missing("Install the thing.")

    with pytest.raises(SystemExit) as ended:
        carry_out(step)
    assert ended.value.code == 1
    assert "Install the thing." in capsys.readouterr().err


def test_an_environment_is_current_until_its_lock_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    lock = tmp_path / "requirements.txt"
    lock.write_text("flask==3.1.3")
    assert not environment.is_current("run")
    environment.stamp("run").write_text(environment.fingerprint(lock))
    assert environment.is_current("run")
    lock.write_text("flask==3.1.4")
    assert not environment.is_current("run")


def test_a_port_in_use_is_refused_with_another_to_take() -> None:
    with socket.socket() as taken:
        taken.bind((serve.HOST, 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Missing, match=f"make run PORT={number + 1}"):
            serve.refuse_taken(number)


@pytest.mark.parametrize("given", ["", "eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(Missing, match="PORT is"):
        serve.port()


SIDE_BY_SIDE = """
import sys
from tools.setup.serve import together
beat = "import sys, time; [open(sys.argv[1], 'a').write('.') and time.sleep(0.05) for _ in iter(int, 1)]"
brief = "import sys, time; open(sys.argv[1], 'a').write('.'); time.sleep(float(sys.argv[2]))"
commands = [[sys.executable, "-c", beat, sys.argv[1]], [sys.executable, "-c", brief, sys.argv[2], sys.argv[3]]]
print(together(commands)[-20:])
"""


def side_by_side(tmp_path: Path, seconds: str) -> tuple[subprocess.Popen[str], Path]:
    """Two programs run together: one that beats in a file, one that ends after some seconds."""
    beats, begun = tmp_path / "beats", tmp_path / "begun"
    command = [sys.executable, "-c", SIDE_BY_SIDE, str(beats), str(begun), seconds]
    pair = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not (beats.exists() and begun.exists()):
        assert pair.poll() is None, "they did not begin"
        assert time.monotonic() < until, "they did not begin in time"
        time.sleep(0.05)
    return pair, beats


def is_still(beats: Path) -> bool:
    """Whether the program that beats has ended."""
    time.sleep(1)  # a signal takes a moment on a busy machine
    counted = beats.stat().st_size
    time.sleep(1)
    return beats.stat().st_size == counted


def test_when_one_of_two_programs_ends_the_other_is_ended(tmp_path: Path) -> None:
    pair, beats = side_by_side(tmp_path, "1.5")
    said, _ = pair.communicate(timeout=60)
    assert (pair.returncode, said.strip()[-3:]) == (0, "1.5")
    assert is_still(beats)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_is_told_to_end_ends_both_programs(told: signal.Signals, tmp_path: Path) -> None:
    pair, beats = side_by_side(tmp_path, "600")
    pair.send_signal(told)
    said, _ = pair.communicate(timeout=60)
    assert (pair.returncode, said.strip()) == (0, "")
    assert is_still(beats)


def test_two_programs_outlive_nobody_who_was_killed(tmp_path: Path) -> None:
    pair, beats = side_by_side(tmp_path, "600")
    pair.kill()
    pair.communicate(timeout=60)
    assert is_still(beats)

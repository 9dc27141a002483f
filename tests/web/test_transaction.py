"""One request, one transaction: kept whole or not at all, and a reader writes nothing."""

import threading

from flask import Flask

from audit_app.db import db, only_read, reading
from tests.house.rooms import application_files, shown
from tests.web.laboratory import ERRORS, kept, write


def kept_by(app: Flask) -> tuple[int, int]:
    """How many units and entries of the history there are, in a context of its own."""
    with app.app_context():
        return kept()


def can_write(app: Flask) -> bool:
    """Whether the next request, in this thread and in another, writes."""
    before = kept_by(app)[0]
    answers = [app.test_client().post("/lab/put-off/200").status_code]
    thread = threading.Thread(
        target=lambda: answers.append(app.test_client().get("/lab/reading-is-an-event").status_code)
    )
    thread.start()
    thread.join(30)
    return answers == [200, 200] and kept_by(app)[0] > before


def test_an_answer_under_400_keeps_what_was_done_and_what_was_said_of_it(lab: Flask) -> None:
    for number, code in enumerate((200, 201, 204, 302, 303, 399), 1):
        assert lab.test_client().post(f"/lab/answer/{code}").status_code == code
        assert kept_by(lab) == (number, number)


def test_an_answer_of_400_or_more_keeps_nothing(lab: Flask) -> None:
    for code in (400, 401, 403, 404, 409, 413, 422, 429, 500, 503):
        assert lab.test_client().post(f"/lab/answer/{code}").status_code == code
        assert kept_by(lab) == (0, 0)
    assert can_write(lab)


def test_a_view_that_aborts_keeps_nothing(lab: Flask) -> None:
    for code in (400, 403, 404, 409, 422, 500, 503):
        assert lab.test_client().post(f"/lab/abort/{code}").status_code == code
        assert kept_by(lab) == (0, 0)
    assert can_write(lab)


def test_a_view_that_aborts_with_an_answer_keeps_nothing_however_good_the_answer(lab: Flask) -> None:
    assert lab.test_client().post("/lab/abort-with-an-answer").status_code == 302
    assert kept_by(lab) == (0, 0)
    assert can_write(lab)


def test_a_view_that_breaks_keeps_nothing(lab: Flask) -> None:
    for kind in ERRORS:
        assert lab.test_client().post(f"/lab/raise/{kind}").status_code >= 400
        assert kept_by(lab) == (0, 0)
    assert can_write(lab)


def test_when_keeping_itself_fails_nothing_is_kept_and_the_answer_says_so(lab: Flask) -> None:
    answer = lab.test_client().post("/lab/commit-fails")
    assert answer.status_code == 409
    assert "never seen" not in answer.text
    assert kept_by(lab) == (0, 0)
    assert can_write(lab)


def test_a_request_that_only_reads_cannot_write(lab: Flask) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        assert lab.test_client().open("/lab/writes", method=method).status_code >= 500
        assert kept_by(lab) == (0, 0)
    assert can_write(lab)


def test_reading_that_is_an_event_is_written_down(lab: Flask) -> None:
    assert lab.test_client().get("/lab/reading-is-an-event").status_code == 200
    assert kept_by(lab) == (0, 1)


def test_long_work_comes_after_what_was_kept_and_writes_no_more(lab: Flask) -> None:
    assert lab.test_client().get("/lab/long-work").text == "(0, 1)"
    assert lab.test_client().get("/lab/long-work?write=yes").status_code >= 500
    assert kept_by(lab) == (0, 2)
    assert can_write(lab)


def test_no_answer_is_streamed_from_the_database() -> None:
    # Its rows would be read after the request, as a writer who keeps the turn for as long as the download takes.
    found = [shown(file) for file in application_files() if "stream_with_context" in file.read_text()]
    assert found == []


def test_what_was_put_off_is_done_after_the_request_whatever_came_of_it(lab: Flask) -> None:
    assert lab.test_client().post("/lab/put-off/422").status_code == 422
    assert kept_by(lab) == (1, 1)  # the note, and not what the request did
    assert lab.test_client().post("/lab/put-off/302").status_code == 302
    assert kept_by(lab) == (3, 3)


def test_an_answer_stays_true_when_what_was_put_off_fails(lab: Flask) -> None:
    answer = lab.test_client().post("/lab/put-off/200?fails=yes")
    assert (answer.status_code, answer.text) == (200, "an answer")
    assert kept_by(lab) == (1, 1)
    assert can_write(lab)


def test_a_refusal_that_could_not_be_noted_is_no_answer(lab: Flask) -> None:
    answer = lab.test_client().post("/lab/put-off/403?fails=yes")
    assert answer.status_code == 503
    assert "not available" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert can_write(lab)


def test_after_a_request_that_read_its_thread_may_write_again(lab: Flask) -> None:
    paths = ("/sign-in", "/lab/answer/404", "/lab/raise-at-once/lookup", "/nowhere", "/static/no")
    for number, path in enumerate(paths, 1):
        lab.test_client().get(path)
        with lab.app_context():
            write()
            db.session.commit()
        assert kept_by(lab) == (number, number)


def test_what_a_thread_was_doing_before_a_request_does_not_bind_the_request(lab: Flask) -> None:
    only_read(True)
    assert lab.test_client().post("/lab/answer/200").status_code == 200
    with reading():
        assert lab.test_client().post("/lab/put-off/200").status_code == 200
    assert kept_by(lab)[0] == 3


def test_requests_beside_each_other_read_and_write_as_each_may(lab: Flask) -> None:
    wrong: list[tuple[str, int]] = []

    def ask(number: int) -> None:
        client = lab.test_client()
        for _ in range(6):
            for method, path, good in (
                ("GET", "/lab/writes", False),
                ("GET", "/lab/reading-is-an-event", True),
                ("GET", "/lab/answer/200", True),
                ("POST", "/lab/answer/422", False),
            ):
                answer = client.open(path, method=method)
                if (answer.status_code < 400) is not good:
                    wrong.append((path, answer.status_code))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert wrong == []
    assert kept_by(lab) == (0, 48)

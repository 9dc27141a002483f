"""The worker: a process that waits for the bell, looks for what has to be done, and gives signs of life."""

import logging
import signal
import threading

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from audit_app.clock import now
from audit_app.db import db, reading
from audit_app.work import queries
from audit_app.work.liveness import SIGN_EVERY_SECONDS
from audit_app.work.model.switchboard import Switchboard
from audit_app.work.operations.carrying_out import Stopping, carry_out_next, in_hand, never, put_back_lost
from audit_app.work.operations.timetable import carry_out_overdue

log = logging.getLogger("audit_app.work")
ENDS_WITHIN_SECONDS = 8.0  # longer than any two steps of well-behaved work lie apart


def usual_threads() -> int:
    """How many jobs a worker carries out at once: SQLite has one writer, so one."""
    return 1 if db.engine.dialect.name == "sqlite" else 2


def run(app: Flask, threads: int) -> None:
    """Carry out what comes, until the process is told to end; the job at hand is put back."""
    with app.app_context():
        line, name = queries.switchboard(), queries.me()
    for noisy in ("huey", "huey.consumer"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    consumer = line.huey.create_consumer(
        workers=threads,
        periodic=False,
        initial_delay=0.1,
        max_delay=0.5,
        scheduler_interval=60,
        graceful_signal="TERM",
        shutdown_timeout=ENDS_WITHIN_SECONDS,
    )
    ending: threading.Event = consumer.stop_flag
    line.answer_with(lambda: look(app, ending.is_set))
    # From its first sign of life on it ends properly when it is told to; the consumer itself listens only once it runs.
    signal.signal(signal.SIGTERM, lambda number, frame: ending.set())
    line.give_sign(name, now())
    alive = threading.Thread(target=_live, args=(app, line, name, ending), daemon=True, name="signs of life")
    alive.start()
    log.info("worker %s carries out what is asked for", name)
    consumer.run()
    for _, thread in consumer.worker_threads:
        thread.join(ENDS_WITHIN_SECONDS)
    alive.join(SIGN_EVERY_SECONDS)
    line.leave(name)
    line.hang_up()
    log.info("worker %s has ended", name)


def look(app: Flask, stopping: Stopping = never) -> None:
    """Do everything that has to be done now."""
    try:
        with app.app_context():
            while not stopping():
                put_back_lost()
                carry_out_overdue(stopping)
                if not carry_out_next(stopping):
                    return
    except SQLAlchemyError as error:
        log.error("database unavailable: %s", type(error).__name__)


def _live(app: Flask, line: Switchboard, name: str, ending: threading.Event) -> None:
    """Give signs of life, and ring the bell where a ring was lost or a time has come."""
    while True:
        line.give_sign(name, now())
        try:
            with app.app_context(), reading():
                if queries.anything_to_do(in_hand()):
                    line.ring()
        except SQLAlchemyError as error:
            log.error("database unavailable: %s", type(error).__name__)
        if ending.wait(SIGN_EVERY_SECONDS):
            return

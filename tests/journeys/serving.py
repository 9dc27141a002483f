"""The real application on a port of this machine, with a database of its own."""

import datetime as dt
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, got_request_exception
from sqlalchemy import update
from werkzeug.serving import make_server

from audit_app.db import db, only_read
from audit_app.identity.model import SignIn
from tests.journeys.world import World


class Served:
    """The service at an address, and whatever broke in it."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.broken: list[str] = []
        app.config["PROPAGATE_EXCEPTIONS"] = False
        got_request_exception.connect(self._note, app)
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _note(self, sender: Flask, exception: BaseException, **said: Any) -> None:
        self.broken.append("".join(traceback.format_exception(exception)))

    def stop(self) -> None:
        """Serve no longer."""
        self._server.shutdown()
        self._server.server_close()
        with self.within():
            db.engine.dispose()

    @contextmanager
    def within(self) -> Iterator[None]:
        """Within the application, to prepare what a story needs and to look at what it left."""
        with self.app.app_context():
            only_read(False)
            try:
                yield
                db.session.commit()
            finally:
                db.session.remove()

    def hours_pass(self, hours: int) -> None:
        """Nobody who is signed in does anything for so many hours."""
        with self.within():
            ago = dt.timedelta(hours=hours)
            for row in db.session.query(SignIn.token_hash, SignIn.seen_at):
                change = update(SignIn).where(SignIn.token_hash == row.token_hash)
                db.session.execute(change.values(seen_at=row.seen_at - ago))

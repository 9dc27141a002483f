"""Letters travel encrypted, or not at all."""

import ssl
import subprocess
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from flask import Flask

from tests.notices.make import with_post
from tests.notices.server import reminded, send, serving, states


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of this machine's own, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "certificate.pem"
    name = "/CN=localhost"
    alternatives = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", name]
    subprocess.run(
        [*asked, "-addext", alternatives, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True
    )
    return made, key


def _context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, certificate))
    return context


class Doorkeeper:
    """Lets in whoever knows the words."""

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """Whether these are the words."""
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"audits", b"quiet words")
        return AuthResult(success=known, handled=False)


def test_letters_travel_encrypted_and_signed_in(app: Flask, certificate: tuple[Path, Path]) -> None:
    options = {"tls_context": _context(certificate), "require_starttls": True, "auth_required": True}
    with serving(**options, authenticator=Doorkeeper()) as (server, port):
        with_post(app, port, tls="starttls", user="audits", password="quiet words", authorities=certificate[0])
        reminded(app)
        assert send().counts == {"sent": 1}
    assert server.peers == [True]


def test_a_wrong_password_is_trouble_with_the_server_and_no_letter_is_lost(
    app: Flask, certificate: tuple[Path, Path]
) -> None:
    options = {"tls_context": _context(certificate), "require_starttls": True, "auth_required": True}
    with serving(**options, authenticator=Doorkeeper()) as (_, port):
        with_post(app, port, tls="starttls", user="audits", password="wrong", authorities=certificate[0])
        reminded(app)
        assert send().trouble == "sign-in refused"
    assert states() == [("waiting", 1, "sign-in refused")]


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(app: Flask, certificate: tuple[Path, Path]) -> None:
    with serving(tls_context=_context(certificate), require_starttls=True) as (server, port):
        with_post(app, port, tls="starttls")
        reminded(app)
        assert send().trouble == "certificate or encryption not accepted"
    assert not server.taken


def test_a_server_without_encryption_gets_no_letter_that_must_be_encrypted(app: Flask) -> None:
    with serving() as (server, port):
        with_post(app, port, tls="starttls")
        reminded(app)
        assert send().trouble == "the server lacks what is needed"
    assert not server.taken

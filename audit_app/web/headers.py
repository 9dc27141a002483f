"""What every answer says to the browser: a strict policy, and never to keep a copy of a signed-in page."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


WAIT = {429: "300", 503: "30"}


def add(response: Response) -> Response:
    """Put the headers on an answer."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if response.status_code in WAIT:
        response.headers.setdefault("Retry-After", WAIT[response.status_code])
    response.headers["Cache-Control"] = _caching(response)
    return response


def _caching(response: Response) -> str:
    if request.endpoint != "static" or response.status_code >= 400:
        return "no-store"
    # A sheet or script that is asked for by its version, or whose folder names it, never changes.
    named = "v" in request.args or (request.view_args or {}).get("filename", "").startswith("vendor/")
    return "public, max-age=31536000, immutable" if named else "public, max-age=86400"


def connect(app: Flask) -> None:
    """Put the headers on every answer of the application."""
    app.after_request(add)

"""Who may ask for what: hosts, the token, the origin of writes, sizes, and what a page may load.

On a loopback address the Host header must name it (so that no foreign name can be pointed here); elsewhere every
request needs the token. Every write needs an Origin of our own and the secret that our own forms carry.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64_000_000
SESSION = "trucewatch_session"
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
_OPEN = ("/login", "/static/")
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def is_loopback(host: str) -> bool:
    return host in _LOOPBACK


class Keys:
    """The secrets of one run: what forms carry, and what a browser keeps after the token was given."""

    def __init__(self, token: str | None) -> None:
        self.token = token
        self.form = secrets.token_urlsafe(24)
        self.session = secrets.token_urlsafe(24)

    def fits(self, given: str) -> bool:
        """Whether this is the token."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())


class Guard:
    """Wraps the app; refuses before the app sees anything."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        answer = _with_headers(send)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self._app(scope, _limited(receive), answer)

    def _refusal(self, scope: Scope) -> PlainTextResponse | RedirectResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._keys.token is None and not is_loopback(urlsplit(f"//{host}").hostname or ""):
            return _no(421, "this workbench answers to its loopback address only")
        if scope["method"] not in ("GET", "HEAD"):
            origin = urlsplit(headers.get("origin", ""))
            if origin.scheme not in ("http", "https") or origin.netloc != host:
                return _no(403, "writes are taken from the workbench's own pages only")
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > LARGEST_BODY:
                return _no(413, f"more than {LARGEST_BODY // 1_000_000} MB at once")
        if self._keys.token is not None and not scope["path"].startswith(_OPEN) and not self._known(headers):
            if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
                return RedirectResponse("/login", 303)
            return _no(401, "the token is needed")
        return None

    def _known(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._keys.fits(given):
            return True
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(SESSION)
        except CookieError:
            return False
        return morsel is not None and hmac.compare_digest(morsel.value.encode(), self._keys.session.encode())


class TooLarge(Exception):
    """A body that grew beyond the limit while it came in."""


def _limited(receive: Receive) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise TooLarge
        return message

    return counted


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _no(status: int, words: str) -> PlainTextResponse:
    return PlainTextResponse(f"refused: {words}\n", status)

"""What all HTTP routes share: errors as JSON, bodies, security headers, the client's address and origin."""

from __future__ import annotations

import json
from typing import Any

import structlog
from sanic import HTTPResponse, Request, Sanic
from sanic import json as json_response
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.response import BaseHTTPResponse

from desk.conversation.refusal import Refused
from desk.errors import BadRequest, Busy, Forbidden, Unavailable

log = structlog.get_logger()

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
CONSOLE_CSP = CSP + "; require-trusted-types-for 'script'"
"""The console makes no markup from strings at all, and the browser sees to it."""
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TLS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}
"""For a year. Without subdomains and preloading: those are the shop's to decide."""


def error_body(code: str, message: str, **details: Any) -> dict[str, Any]:
    """The one shape of an error."""
    return {"error": {"code": code, "message": message, **details}}


def install(app: Sanic[Any, Any], *, tls: bool) -> None:
    """Error handlers and headers for the whole app. `tls`: people reach it over TLS alone."""
    headers = HEADERS | TLS_ONLY if tls else HEADERS

    async def add_headers(_: Request, response: BaseHTTPResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)

    app.exception(Exception)(_answer_error)
    app.register_middleware(add_headers, "response")


def _answer_error(request: Request, error: Exception) -> HTTPResponse:
    return answer_error(error)


def answer_error(error: Exception) -> HTTPResponse:
    """An exception as a response; what we did not foresee is logged with its trace and told as `internal`."""
    match error:
        case BadRequest():
            headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
            details = {"retry_after": error.retry_after} if error.retry_after else {}
            return json_response(error_body(error.code, error.message, **details), error.status, headers=headers)
        case Refused():
            status = 413 if error.code == "too_long" else 409
            return json_response(error_body(error.code, error.message, **error.details), status)
        case Unavailable():
            body = error_body("unavailable", "Please try again in a moment.", retry_after=error.retry_after)
            status = 429 if isinstance(error, Busy) else 503
            return json_response(body, status, headers={"Retry-After": str(error.retry_after)})
        case PayloadTooLarge():
            return json_response(error_body("too_long", "The request is too large."), 413)
        case SanicException():
            code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_request")
            headers = dict(getattr(error, "headers", None) or {})
            return json_response(error_body(code, str(error) or code), error.status_code, headers=headers)
        case _:
            log.error("request_failed", exc_info=error)
            return json_response(error_body("internal", "Something went wrong on our side."), 500)


def read_any(request: Request) -> dict[str, Any]:
    """The body as an object, whatever its fields. Raises BadRequest."""
    try:
        return pick_object(json.loads(request.body or b""))
    except (ValueError, RecursionError) as error:
        raise BadRequest("bad_request", "The body must be JSON.") from error


def read_object(request: Request, **fields: type) -> dict[str, Any]:
    """The body's `fields`, each of the type that is due; others are dropped. Raises BadRequest."""
    return pick(read_any(request), **fields)


def pick_object(body: Any) -> dict[str, Any]:
    """The body, if it is an object. Raises BadRequest."""
    if not isinstance(body, dict):
        raise BadRequest("bad_request", "An object is due.")
    return body


def pick(body: Any, **fields: type) -> dict[str, Any]:
    """The named fields, each of the type that is due. Raises BadRequest naming the first that is not."""
    body = pick_object(body)
    found = {}
    for name, due in fields.items():
        value = body.get(name)
        if not isinstance(value, due) or (due is int and isinstance(value, bool)):
            raise BadRequest("bad_request", f"{name} must be of type {due.__name__}.")
        found[name] = value
    return found


def address_of(request: Request) -> str:
    """The client's address: what the last trusted proxy says, else the socket's (ASPA_PROXIES)."""
    return request.remote_addr or request.ip


def check_origin(request: Request, allowed: frozenset[str]) -> None:
    """Raises Forbidden unless the request comes from our own pages or an allowed origin."""
    origin = request.headers.get("origin", "")
    if origin not in allowed and not is_own(request, origin):
        raise Forbidden("foreign_origin", "This origin may not do that; ASPA_EMBED_ORIGINS lists those that may.")


def is_own(request: Request, origin: str) -> bool:
    """Whether `origin` is where this request arrived."""
    return origin.partition("://")[2] == request.host and origin.startswith(("http://", "https://"))

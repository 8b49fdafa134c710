"""JSON over HTTP to a shop, with time limits, safe retries and a circuit breaker. Knows nothing of orders."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Union
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from actions import waiting

from .errors import ShopUnavailable

Json = dict[str, Any]
Value = Union[Json, "list[Json]"]
LARGEST_ANSWER = 2 * 1024 * 1024  # bytes
PAUSE_S = 0.1  # before the second try
POOL = 16  # connections; as many as the action server has threads at work


class Circuit:
    """After some failures in a row it refuses at once for a while, so that a dead shop costs no customer seconds.

    Then one call is let through to try; the others go on being refused until it has come back.
    """

    def __init__(self, failures: int = 3, open_s: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._open_s, self._clock = failures, open_s, clock
        self._failures, self._until = 0, 0.0
        self._lock = threading.Lock()

    def allow(self) -> bool:
        """Whether a call may be made now."""
        with self._lock:
            if self._failures < self._limit:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._open_s
            return True

    def done(self, well: bool) -> None:
        """Tell how the call went."""
        with self._lock:
            self._failures = 0 if well else self._failures + 1
            if self._failures >= self._limit:
                self._until = self._clock() + self._open_s


class BearerToken(AuthBase):
    """As an auth object and not a header, because requests lets a .netrc file overwrite a header."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with the header."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class JsonApi:
    """A shop's API at `base`, usable from several threads.

    All tries of a call together take about `connect_s` + `read_s` seconds at most. `refusal`: the code in an error's
    body with which this shop says no under a status that else means trouble (500).
    """

    def __init__(
        self,
        base: str,
        auth: AuthBase,
        *,
        connect_s: float,
        read_s: float,
        circuit: Circuit | None = None,
        refusal: str | None = None,
    ) -> None:
        self._base, self._connect_s, self._read_s = base.rstrip("/"), connect_s, read_s
        self._circuit = circuit or Circuit()
        self._refusal = refusal
        self._session = requests.Session()
        self._session.auth = auth
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # no state between customers
        # A proxy of the environment cannot reach our own machine's loopback.
        self._session.trust_env = urlsplit(base).hostname not in ("127.0.0.1", "localhost", "::1")
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=POOL, max_retries=0)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def read(
        self, method: str, path: str, *, body: Json | None = None, params: Mapping[str, str] | None = None
    ) -> tuple[int, Json]:
        """`(status, body)` of a call that changes nothing, so it may be made twice. Raises ShopUnavailable."""
        status, answer = self._call({"method": method, "url": path, "json": body, "params": params})
        return status, _object(answer)

    def read_list(self, path: str, params: Mapping[str, str]) -> list[Json]:
        """A list that the shop answers; empty where it refuses. May be made twice. Raises ShopUnavailable."""
        status, answer = self._call({"method": "GET", "url": path, "params": params})
        if status >= 400:
            return []
        if not isinstance(answer, list):
            raise ShopUnavailable("The shop's answer is not a list.")
        return answer

    def change(self, path: str, body: Json, idempotency_key: str) -> tuple[int, Json]:
        """`(status, body)` of a change; made twice only because the key keeps it from being done twice."""
        headers = {"Idempotency-Key": idempotency_key}
        status, answer = self._call({"method": "POST", "url": path, "json": body, "headers": headers})
        return status, _object(answer)

    def write(self, method: str, path: str, body: Json) -> tuple[int, Json]:
        """`(status, body)` of a change that the shop would do twice: so it is made once. Raises ShopUnavailable."""
        status, answer = self._call({"method": method, "url": path, "json": body}, twice=False)
        return status, _object(answer)

    def _call(self, request: dict[str, Any], *, twice: bool = True) -> tuple[int, Value]:
        waiting.begins()
        if not self._circuit.allow():
            raise ShopUnavailable("The shop did not answer a moment ago; not asked again yet.")
        end = time.monotonic() + self._connect_s + self._read_s
        request = {**request, "url": self._base + request["url"]}
        try:
            answer = self._try_twice(request, end) if twice else self._once(request, end)
        except ShopUnavailable:
            self._circuit.done(well=False)
            raise
        self._circuit.done(well=True)
        return answer

    def _try_twice(self, request: dict[str, Any], end: float) -> tuple[int, Value]:
        try:
            return self._once(request, end)
        except ShopUnavailable:
            time.sleep(PAUSE_S)
            if time.monotonic() + PAUSE_S >= end:
                raise
        return self._once(request, end)

    def _once(self, request: dict[str, Any], end: float) -> tuple[int, Value]:
        left = max(PAUSE_S, end - time.monotonic())
        limits = (min(self._connect_s, left), min(self._read_s, left))
        try:
            with self._session.request(**request, timeout=limits, stream=True, allow_redirects=False) as response:
                return self._judged(response.status_code, _content(response, end))
        except (requests.RequestException, HTTPError) as error:
            # Only the kind: the text of such errors holds addresses with what the customer wrote.
            raise ShopUnavailable(f"The shop cannot be reached: {type(error).__name__}.") from None

    def _judged(self, status: int, content: bytes) -> tuple[int, Value]:
        """JSON with 2xx or 4xx; everything else is a shop in trouble, unless it says in its own words what is wrong."""
        if status in (401, 403):
            raise ShopUnavailable("The shop refuses our token; check ASPA_SHOP_TOKEN.")
        try:
            body = json.loads(content)
        except ValueError:
            body = None
        told = isinstance(body, dict) and self._refusal is not None and body.get("code") == self._refusal
        if not told and (status == 429 or not (200 <= status < 300 or 400 <= status < 500)):
            raise ShopUnavailable(f"The shop answered {status}.")
        if not isinstance(body, (dict, list)):
            raise ShopUnavailable("The shop's answer is not JSON.")
        return status, body


def _content(response: requests.Response, end: float) -> bytes:
    """The whole body. The clock is looked at after each packet: requests' own limit is for one packet, so a shop
    that drips would hold us for ever."""
    content = bytearray()
    while chunk := response.raw.read1(65536, decode_content=True):
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise ShopUnavailable("The shop's answer is too large.")
        if time.monotonic() > end:
            raise ShopUnavailable("The shop answers too slowly.")
    return bytes(content)


def _object(body: Value) -> Json:
    if not isinstance(body, dict):
        raise ShopUnavailable("The shop's answer is not a JSON object.")
    return body

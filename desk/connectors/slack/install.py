"""Installing the app into the workspace by OAuth, instead of copying its token.

Who runs the desk gets a link from `python -m desk channels install`; it is good for half an hour, and without it nobody
can make the desk somebody else's. Slack brings the browser back with a code, which is exchanged for the token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence

import structlog
from sanic import Blueprint, HTTPResponse, Request, redirect
from sanic import text as text_response
from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateUtils

from desk.channel_settings import SlackSettings
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.installation import Installation
from desk.errors import BadRequest, NotSignedIn
from desk.service.channel import RetryLater, Undeliverable

SCOPES = frozenset(
    {
        "app_mentions:read", "channels:history", "chat:write", "chat:write.customize", "commands", "files:read",
        "files:write", "groups:history", "im:history", "im:write", "users:read", "users:read.email",
    }
)  # fmt: skip
"""What docs/channels/slack-manifest.yml asks for."""

INSTALL, CALLBACK = "/api/slack/install", "/api/slack/oauth"
LINK_SECONDS = 1_800
STATE_SECONDS = 600

log = structlog.get_logger()


class Seal:
    """Signs short-lived marks for one purpose with the desk's secret."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._secret = f"{purpose} {secret}".encode()

    def make(self, seconds: int, now: float | None = None) -> str:
        """A new mark, good for so long."""
        body = f"{secrets.token_urlsafe(9)}.{int(time.time() if now is None else now) + seconds}"
        return f"{body}.{self._sign(body)}"

    def holds(self, mark: str, now: float | None = None) -> bool:
        """It is ours, and its time has not passed."""
        body, _, signature = mark.rpartition(".")
        until = body.rpartition(".")[2]
        if not hmac.compare_digest(self._sign(body).encode(), signature.encode("utf-8", "replace")):
            return False
        return int(until) >= (time.time() if now is None else now)

    def _sign(self, body: str) -> str:
        return hmac.new(self._secret, body.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


class SlackInstall:
    """Two pages. `installed` is told the token."""

    def __init__(
        self,
        settings: SlackSettings,
        secret: str,
        public_url: str,
        kept: Installation,
        installed: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._links = Seal(secret, "slack install link")
        self._states = Seal(secret, "slack oauth state")
        self._browser = OAuthStateUtils(expiration_seconds=STATE_SECONDS)
        self._return = public_url + CALLBACK
        self._kept = kept
        self._installed = installed
        self._authorize = AuthorizeUrlGenerator(
            client_id=settings.client_id, redirect_uri=self._return, scopes=sorted(SCOPES)
        )

    def blueprint(self) -> Blueprint:
        """The link's page, and the one to which Slack brings the browser back."""
        routes = Blueprint("slack_install")
        routes.add_route(self._begin, INSTALL, methods=["GET"], name="begin")
        routes.add_route(self._finish, CALLBACK, methods=["GET"], name="finish")
        return routes

    async def _begin(self, request: Request) -> HTTPResponse:
        if not self._links.holds(str(request.args.get("key") or "")):
            raise NotSignedIn("link_expired", "Get a fresh link: python -m desk channels install")
        state = self._states.make(STATE_SECONDS)
        answer = redirect(self._authorize.generate(state))
        answer.headers["Set-Cookie"] = f"{self._browser.build_set_cookie_for_new_state(state)}; SameSite=Lax"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    async def _finish(self, request: Request) -> HTTPResponse:
        """The state must be ours, fresh, and of this browser: else somebody sends us their own workspace."""
        state, code = str(request.args.get("state") or ""), str(request.args.get("code") or "")
        cookies: dict[str, str | Sequence[str]] = {"cookie": request.headers.getall("cookie", [])}
        if not (self._states.holds(state) and self._browser.is_valid_browser(state, cookies)):
            raise NotSignedIn("bad_state", "This does not follow a link of ours, or came too late. Begin anew.")
        if not code:
            raise BadRequest("not_installed", "The app was not installed; open the link again to do so.")
        team, token = await self._exchange(code)
        self._kept.keep(team, token)
        self._installed(token)
        log.info("slack_installed", team=team)
        answer = text_response("The app is installed. You can close this page.")
        answer.headers["Set-Cookie"] = self._browser.build_set_cookie_for_deletion()
        return answer

    async def _exchange(self, code: str) -> tuple[str, str]:
        api = SlackApi("", self._settings.api)
        await api.start()
        try:
            found = await api.read(
                "oauth.v2.access",
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secret,
                code=code,
                redirect_uri=self._return,
            )
        except (RetryLater, Undeliverable) as error:
            raise BadRequest(
                "not_installed", f"{error}. Check ASPA_SLACK_CLIENT_ID and _SECRET, begin anew."
            ) from error
        finally:
            await api.close()
        token = str(found.get("access_token") or "")
        if not token.startswith("xoxb-"):
            raise BadRequest("not_installed", "Slack gave no bot token; compare the scopes with the manifest.")
        return str((found.get("team") or {}).get("id") or ""), token


def link(secret: str, public_url: str) -> str:
    """Where whoever runs the desk begins."""
    return f"{public_url}{INSTALL}?key={Seal(secret, 'slack install link').make(LINK_SECONDS)}"

"""The actions' door (docs/protocol.md, "Desk ↔ actions")."""

from __future__ import annotations

from typing import Any

import httpx

from desk.errors import DeskError, Unavailable

type Json = dict[str, Any]
SECONDS = 10.0


class ShopRefused(DeskError):
    """The shop said no, with its reason's code: nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ShopClient:
    """Raises ShopRefused, and Unavailable when nobody knows what happened: the same key again is safe."""

    def __init__(self, url: str, token: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(SECONDS, connect=1.0),
            trust_env=False,  # loopback: never through a proxy of the environment
        )

    async def order(self, number: str, proof: Json, language: str) -> Json:
        """The order behind this number and the customer's e-mail or phone, with what can be done to it."""
        return await self._post("order", {"number": number, **proof, "language": language})

    async def do(self, kind: str, number: str, key: str, details: Json, amount: str | None) -> Json:
        """One change: `{"ok", "reference", "amount"}`."""
        return await self._post("do", {**details, "kind": kind, "number": number, "key": key, "amount": amount})

    async def news(self, after: int) -> Json:
        """What customers should hear of: `{"news": [{"key", "kind", …}], "next"}`."""
        return await self._post("news", {"after": after})

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _post(self, door: str, body: Json) -> Json:
        try:
            answer = await self._http.post(f"/desk/{door}", json=body)
            data = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(f"The actions do not answer: {type(error).__name__}") from error
        if answer.status_code == 200 and isinstance(data, dict):
            return data
        if answer.status_code == 409:
            raise ShopRefused(str((data.get("error") or {}).get("code") or "other"))
        if answer.status_code == 400:
            raise ShopRefused("bad_request")
        raise Unavailable(f"The actions answer {answer.status_code}.")

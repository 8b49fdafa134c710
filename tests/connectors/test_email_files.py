"""Files by mail, both ways, and mails that are too large."""

from __future__ import annotations

import secrets

import httpx
import pytest
from conformance import handed_over
from desk_house import read_thread, wording
from mail_channel import MailChannel

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f000105010127"
    "18e3660000000049454e44ae426082"
)

pytestmark = pytest.mark.anyio


async def test_a_photo_is_kept_once_and_what_is_not_kept_is_named(email: MailChannel) -> None:
    customer = email.customer()
    mail = customer.mail("Tällainen se on.")
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="rikki.png")
    mail.add_attachment(b"PK\3\4", maintype="application", subtype="zip", filename="muut.zip")
    async with await email.house.agent() as agent:
        await customer.post(mail, copies=3)
        await customer.said("Bot: Tällainen")
        case = await handed_over(agent, customer.ask_for_person)
        entries = await read_thread(agent, case)
        (sent,) = [entry for entry in entries if entry.get("attachments")]
        assert [file["name"] for file in sent["attachments"]] == ["rikki.png"]
        assert sent["text"] == "[liite: muut.zip]"


async def test_an_agent_s_file_goes_with_the_mail(email: MailChannel) -> None:
    customer, url = email.customer(), email.house.url
    name, password = email.house.stack.demo_agent
    async with await email.house.agent() as agent, httpx.AsyncClient(trust_env=False, base_url=url) as http:
        http.headers["Origin"] = url
        signed_in = await http.post("/api/console/login", json={"name": name, "password": password})
        case = await handed_over(agent, customer.ask_for_person)
        await agent.do(type="claim", conversation=case)
        headers = {"X-CSRF-Token": signed_in.json()["csrf"], "X-File-Name": "palautus%20%C3%A4.png"}
        kept = await http.post(f"/api/console/conversations/{case}/attachments", content=PNG, headers=headers)
        await agent.do(type="reply", conversation=case, text="Tässä lappu.", attachments=[kept.json()["id"]])
        await customer.said("Tässä lappu")
    (file,) = customer.mails()[-1].iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("palautus ä.png", PNG)


async def test_a_mail_of_twenty_megabytes_is_taken(email: MailChannel) -> None:
    customer = email.customer()
    large = customer.mail("Tässä videokin.")
    large.add_attachment(secrets.token_bytes(20_000_000), maintype="video", subtype="mp4", filename="video.mp4")
    await customer.post(large)
    await customer.said("Bot: Tässä videokin")
    assert "[liite: video.mp4]" in email.house.stored("video.mp4")[0]


async def test_a_mail_above_the_limit_is_answered_with_what_can_be_done(email: MailChannel) -> None:
    customer = email.customer()
    mail = customer.mail("Video tulee.")
    mail.add_attachment(secrets.token_bytes(26_000_000), maintype="video", subtype="mp4", filename="v.mp4")
    await customer.post(mail)
    await customer.said("Bot: Video tulee")
    await customer.said(wording("too_large")[:30])
    assert email.house.stored("liian suuri")

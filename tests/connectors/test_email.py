"""The story by mail, at real servers: threads, one mail for an answer, what is never answered, outages."""

from __future__ import annotations

import asyncio
import re
import secrets
from email.message import EmailMessage
from html import unescape
from urllib.parse import unquote

import httpx
import pytest
from clients import new_token, widget
from conformance import handed_over, until, until_failed
from desk_house import read_thread, wording
from mail_channel import MailChannel, MailCustomer, plain
from mail_samples import HTML, NEW, OLD, OUT_OF_OFFICE, PLAIN, bounce
from mail_servers import USER

from desk.channels_command import check
from desk.settings import read_settings

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f000105010127"
    "18e3660000000049454e44ae426082"
)

pytestmark = pytest.mark.anyio


async def test_all_that_answers_a_mail_comes_as_one_mail_in_its_thread(email: MailChannel) -> None:
    customer = email.customer()
    first = customer.mail("Se ei ole tullut.", subject="Missä tilaukseni on?")
    await customer.post(first)
    await customer.said(["Bot: Missä tilaukseni on?", "", "Se ei ole tullut."][0])
    (mail,) = customer.mails()
    assert (mail["In-Reply-To"], mail["To"]) == (first["Message-ID"], customer.address)
    assert mail["References"] == first["Message-ID"]
    assert re.fullmatch(r"Re: Missä tilaukseni on\? \[[a-z2-7-]{19}\]", mail["Subject"])
    assert mail["Auto-Submitted"] == "auto-replied"
    text = plain(mail)
    assert "automaattinen" in text.split("\n\n")[0]
    html = mail.get_body(("html",))
    assert html is not None
    assert "Se ei ole tullut" in html.get_content()


async def test_words_are_never_html(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("<script>alert(1)</script> & <b>")
    await customer.said("<script>")
    html = customer.mails()[0].get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()


async def test_replies_of_three_programs_go_on_with_the_conversation(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("Missä tilaus?")
    await customer.said("Bot: Missä")
    for index, program in enumerate(("gmail fi", "outlook fi", "apple fi"), start=1):
        await customer.post(customer.mail(PLAIN[program], subject=f"Re: {customer.mails()[-1]['Subject']}"))
        await customer.said(f"Bot: {NEW['fi']}", times=index)
    outlook = customer.mail("")
    outlook.set_content(HTML["outlook desktop"], subtype="html")
    await customer.post(outlook)
    await customer.said(f"Bot: {NEW['fi']}", times=4)
    assert len({question["conversation"] for question in _asked(email, NEW["fi"])[-4:]}) == 1
    assert not _asked(email, OLD)
    assert len([text for text in customer.texts() if "automaattinen" in text]) == 1


@pytest.mark.parametrize("known_by", ["In-Reply-To", "Subject"])
async def test_one_mark_is_enough_to_know_a_thread(email: MailChannel, known_by: str) -> None:
    customer = email.customer()
    await customer.write("Alku")
    await customer.said("Bot: Alku")
    answered = customer.mails()[-1]
    mail = customer.mail(f"Jatko {known_by}")
    for name in ("In-Reply-To", "References"):
        del mail[name]
    if known_by == "Subject":
        mail.replace_header("Subject", f"VS: {answered['Subject']}")
    else:
        mail[known_by] = answered["Message-ID"]
    await customer.post(mail)
    await customer.said(f"Bot: Jatko {known_by}")
    assert _conversation(email, "Alku") == _conversation(email, f"Jatko {known_by}")


async def test_nobody_else_goes_on_with_a_conversation(email: MailChannel) -> None:
    """A mail that was forwarded carries all its marks."""
    customer, other = email.customer(), email.customer()
    await customer.write("Salainen asia")
    await customer.said("Bot: Salainen")
    await other.post(other.mail("Vieras sana", subject=customer.mails()[0]["Subject"], answers=customer.mails()[0]))
    await other.said("Vieras sana")
    assert _conversation(email, "Salainen asia") != _conversation(email, "Vieras sana")
    assert not [text for text in customer.texts() if "Vieras" in text]


async def test_a_new_mail_without_marks_is_a_new_matter(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("Eka asia")
    again = MailCustomer(email.mailbox, email.postbox, customer.address)
    fresh = again.mail("Toka asia")
    for name in ("In-Reply-To", "References"):
        del fresh[name]
    await again.post(fresh)
    await again.said("Bot: Toka asia")
    assert _conversation(email, "Eka asia") != _conversation(email, "Toka asia")


@pytest.mark.parametrize("program", OUT_OF_OFFICE)
async def test_what_no_person_wrote_is_not_answered(email: MailChannel, program: str) -> None:
    customer, mail = email.customer(), EmailMessage()
    for name, value in {"From": customer.address, **OUT_OF_OFFICE[program]}.items():
        mail[name] = value
    mail.set_content("Olen lomalla 1.12. asti.")
    before = email.house.counted()
    await asyncio.to_thread(email.mailbox.deliver, mail.as_bytes())
    await email.customer().write("Merkki")  # mails are read in order
    assert not customer.mails()
    assert email.house.counted() > before
    assert not email.house.stored("lomalla")


async def test_an_absence_reaches_the_agent_and_nobody_answers_it(email: MailChannel) -> None:
    customer = email.customer()
    async with await email.house.agent() as agent:
        await customer.write("Missä tilaus?")
        await customer.said("Bot: Missä")
        case = await handed_over(agent, customer.ask_for_person)
        await customer.said("jonossa")
        count, asked = len(customer.mails()), len(email.house.bot.questions)
        absent = customer.mail("Olen poissa.")
        absent["Auto-Submitted"] = "auto-replied"
        await customer.post(absent)
        entries = await read_thread(agent, case)
    assert entries[-1]["text"] == "[Automaattinen vastaus] Olen poissa."
    assert (len(customer.mails()), len(email.house.bot.questions)) == (count, asked)


async def test_our_own_mail_that_comes_back_is_left(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("Kierrä")
    await customer.said("Bot: Kierrä")
    before = email.house.stored("Kierrä")
    await asyncio.to_thread(email.mailbox.deliver, customer.mails()[0].as_bytes())
    await email.customer().write("Merkki")
    assert email.house.stored("Kierrä") == before


async def test_two_programs_that_answer_each_other_come_to_an_end(email: MailChannel) -> None:
    """After 20 mails in an hour the bot is not asked any more, and people have it."""
    customer = email.customer()
    for number in range(24):
        await customer.write(f"Kiertää {number}.")
    await customer.said("jonossa")
    assert len(_asked(email, "Kiertää")) == 20
    assert len(email.house.stored("Kiertää")) == 24


async def test_a_mail_that_comes_back_is_shown_as_failed_and_can_be_sent_again(email: MailChannel) -> None:
    customer = email.customer()
    async with await email.house.agent() as agent:
        await customer.write("Missä tilaus?")
        await customer.said("Bot: Missä")
        case = await handed_over(agent, customer.ask_for_person)
        await agent.do(type="claim", conversation=case)
        seq = (await agent.do(type="reply", conversation=case, text="Katson heti."))["seq"]
        await customer.said("Katson heti")
        await agent.do(type="open", conversation=case, after=0)
        returned = customer.mails()[-1]["Message-ID"]
        await customer.post(bounce(returned, customer.address, "4.4.7", "delayed"))
        await customer.post(bounce(returned, customer.address))
        await until_failed(agent, case, seq)
        await customer.write("Nyt toimii")  # ends that nothing reaches this address
        await agent.do(type="retry", conversation=case, seq=seq)
        await customer.said("Katson heti", times=2)


async def test_no_log_knows_who_wrote_or_what(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("Salaisuuteni")
    await customer.said("Bot: Salaisuuteni")
    email.lose(customer)
    await customer.write("Toinen salaisuuteni")
    await asyncio.to_thread(email.mailbox.deliver, bounce(customer.mails()[0]["Message-ID"], customer.address))
    path = email.house.stack.var / "log" / "desk.log"
    await until(lambda: {"undeliverable", "mail_returned"} <= set(path.read_text().split()))
    log = path.read_text()
    assert customer.address.partition("@")[0] + "@" not in log
    assert "alaisuuteni" not in log


async def test_a_forged_bounce_does_nothing(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("Tavallinen")
    await customer.said("Bot: Tavallinen")
    forged = re.sub(r"aspa\.[a-z2-7]{4}", "aspa.aaaa", customer.mails()[0]["Message-ID"])
    await asyncio.to_thread(email.mailbox.deliver, bounce(forged, customer.address))
    await customer.write("Jatkuu")
    await customer.said("Bot: Jatkuu")


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


async def test_a_mailbox_that_was_away_loses_nothing_and_keeps_the_order(email: MailChannel) -> None:
    customer = email.customer()
    await customer.write("Alku")
    await customer.said("Bot: Alku")
    email.mailbox.stop()
    await asyncio.sleep(0.5)  # long enough for a look at a mailbox that is not there
    email.mailbox.start()
    for number in range(4):
        await asyncio.to_thread(email.mailbox.deliver, _next(customer, f"Poissa {number}"))
    await customer.said("Bot: Poissa 3", limit=60)
    assert [text for text in customer.texts() if "Poissa" in text] == [f"Bot: Poissa {number}" for number in range(4)]


async def test_a_survey_s_mail_is_answered_by_a_number_with_words_and_can_be_declined(email: MailChannel) -> None:
    """The number stands in the figures of e-mail; who has unsubscribed is asked no more."""
    customer = email.customer()
    before = await email.house.scores("email", "csat_after_handoff")
    async with await email.house.agent() as agent:
        await customer.write("Missä tilaus?")
        case = await handed_over(agent, customer.ask_for_person)
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Se on matkalla.")
        await agent.do(type="resolve", conversation=case, outcome="solved")
        await customer.said("numerolla 1–5")
        asked = customer.mails()[-1]
        assert f"mailto:{USER}?subject=unsubscribe" in asked["List-Unsubscribe"]
        assert not [mail for mail in customer.mails()[:-1] if mail["List-Unsubscribe"]]
        await customer.post(_tapped(customer, asked, 4, words="Nopea apu!"))
        await customer.said(wording("survey_thanks")[:20])
        answered = next(each for each in await read_thread(agent, case) if each.get("event") == "SurveyAnswered")
        assert (answered["data"]["score"], answered["data"]["text"]) == (4, "Nopea apu!")
        await customer.post(
            customer.mail("", subject=unquote(re.findall(r"subject=(.*)>", asked["List-Unsubscribe"])[0]))
        )
        case = await handed_over(agent, customer.ask_for_person)
        await agent.do(type="claim", conversation=case)
        await agent.do(type="resolve", conversation=case, outcome="solved")
        await customer.write("Vielä yksi asia")
        await customer.said("Bot: Vielä yksi")
    assert len([text for text in customer.texts() if "numerolla 1–5" in text]) == 1
    await email.house.until_scored("email", "csat_after_handoff", before, 4)


def _tapped(customer: MailCustomer, asked: EmailMessage, score: int, words: str) -> EmailMessage:
    """What a mail program sends for the link of a score: a mail of its own, without the marks of a thread."""
    html = asked.get_body(("html",))
    assert html is not None
    (link,) = re.findall(rf'href="mailto:([^"]*)" style="[^"]*">{score}</a>', html.get_content())
    to, _, query = unescape(link).partition("?")
    fields = {name: unquote(value) for name, _, value in (each.partition("=") for each in query.split("&"))}
    assert to == USER
    mail = customer.mail(f"{fields['body']}\n\n{words}", subject=fields["subject"])
    del mail["In-Reply-To"], mail["References"]
    return mail


async def test_the_answer_to_a_letter_lands_in_the_conversation_that_it_is_about(email: MailChannel) -> None:
    """Of the widget, which then goes on by mail: only from the address to which the letter went."""
    customer, other, url = email.customer(), email.customer(), email.house.url
    async with await widget(url, await new_token(url)) as there:
        await there.do(type="write", text="ota ihminen")
        await there.said("system", "jonossa")
        await there.do(type="wish", wish="mail")
        await there.said("system", "Mihin osoitteeseen")
        await there.do(type="write", text=customer.address)
        await there.said("system", "sähköpostilla viimeistään")
    await until(customer.mails)
    (letter,) = customer.mails()
    await other.post(other.mail("Olen joku muu", answers=letter))
    await other.said("Olen joku muu")
    async with await email.house.agent() as agent:
        await customer.post(customer.mail(f"Tässä lisää tietoa.\n\n{PLAIN['gmail fi'].partition('viikon.')[2]}"))
        case = next(each["conversation"] for each in email.house.bot.questions if each["text"] == "ota ihminen")
        said = [entry.get("text") for entry in await read_thread(agent, case)]
        assert "Tässä lisää tietoa." in said
        assert "Olen joku muu" not in said
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Kiitos lisätiedoista.")
        await customer.said("Kiitos lisätiedoista")


async def test_changes_in_the_queue_are_no_mails(email: MailChannel) -> None:
    """Claimed, given back, claimed again: the customer hears of it with the first words of a person."""
    customer = email.customer()
    async with await email.house.agent() as agent:
        await customer.write("Missä tilaus?")
        await customer.said("Bot: Missä")
        case = await handed_over(agent, customer.ask_for_person)
        await customer.said("jonossa")
        count = len(customer.mails())
        for _ in range(2):
            await agent.do(type="claim", conversation=case)
            await agent.do(type="requeue", conversation=case)
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Hei, olen tässä.")
        await customer.said("olen tässä")
    assert len(customer.mails()) == count + 1
    assert "Auto-Submitted" not in customer.mails()[-1]


async def test_mails_that_were_there_before_are_left_to_people(email: MailChannel) -> None:
    """Also after a restart: nothing old is answered again."""
    customer = email.customer()
    await customer.write("Ennen")
    await customer.said("Bot: Ennen")
    email.house.stack.restart("desk")
    await customer.write("Jälkeen")
    await customer.said("Bot: Jälkeen")
    assert len(email.house.stored("Ennen")) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, []),
        ({"ASPA_EMAIL_PASSWORD": "wrong"}, ["The mailbox does not let", "The mail server does not let"]),
        ({"ASPA_EMAIL_FOLDER": "Nowhere"}, ["The folder 'Nowhere' cannot be opened"]),
        (
            {"ASPA_EMAIL_IMAP": "imap://127.0.0.1:1", "ASPA_EMAIL_SMTP": "smtp://127.0.0.1:1"},
            ["ASPA_EMAIL_IMAP", "SMTP"],
        ),
        ({"ASPA_EMAIL_IMAP": "imaps://no.such.host.invalid"}, ["There is no host no.such.host.invalid"]),
    ],
)
async def test_the_check_says_in_words_what_is_wrong(
    email: MailChannel, changes: dict[str, str], says: list[str]
) -> None:
    found = (await check(read_settings({**email.house.stack.env, **changes})))["email"]
    assert len(found) == len(says), found
    assert all(part in line for part, line in zip(says, found, strict=True)), found


async def test_the_check_knows_a_port_that_speaks_no_tls(email: MailChannel) -> None:
    changes = {"ASPA_EMAIL_IMAP": f"imaps://127.0.0.1:{email.mailbox.port}"}
    (found,) = (await check(read_settings({**email.house.stack.env, **changes})))["email"]
    assert "does not speak TLS from the first byte" in found


def _asked(email: MailChannel, part: str) -> list[dict[str, str]]:
    return [each for each in list(email.house.bot.questions) if part in each["text"]]


def _conversation(email: MailChannel, part: str) -> str:
    return _asked(email, part)[-1]["conversation"]


def _next(customer: MailCustomer, text: str) -> bytes:
    mail = customer.mail(text)
    customer.sent.append(str(mail["Message-ID"]))
    return mail.as_bytes()

"""The story by mail, at real servers: threads, one mail for an answer, what is never answered, outages."""

from __future__ import annotations

import asyncio
import re
from email.message import EmailMessage

import pytest
from conformance import handed_over, until, until_failed
from desk_house import read_thread
from mail_channel import MailChannel, MailCustomer, plain
from mail_samples import HTML, NEW, OLD, OUT_OF_OFFICE, PLAIN, bounce

from desk.channels_command import check
from desk.settings import read_settings

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

"""What a customer answers to a survey's mail and to a letter."""

from __future__ import annotations

import re
from email.message import EmailMessage
from html import unescape
from urllib.parse import unquote

import pytest
from clients import new_token, widget
from conformance import handed_over, until
from desk_house import read_thread, wording
from mail_channel import MailChannel, MailCustomer
from mail_samples import PLAIN
from mail_servers import USER

pytestmark = pytest.mark.anyio


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

"""A mail to a customer, from what the desk has to say. Pure but for the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from html import escape
from typing import Any
from urllib.parse import quote

from desk.attachments.kinds import Attachment
from desk.connectors.email.automatic import LOOP_HEADER
from desk.connectors.email.reading import bare_subject
from desk.connectors.email.threads import shown
from desk.connectors.order_card import order_words
from desk.service.channel import Outgoing
from desk.texts import Texts

UNSUBSCRIBE = "unsubscribe"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_REFERENCES = 20
_BUTTON = (
    "display:inline-block;min-width:24px;padding:10px 8px;margin:2px;border:1px solid #595959;border-radius:6px;"
    "color:#1a1a1a;background:#fff;text-align:center;text-decoration:none"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: the shop."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail: to whom (an address's data), in which conversation, what."""

    to: dict[str, Any]
    mark: str
    message_id: str
    messages: Sequence[Outgoing]
    files: Sequence[tuple[Attachment, bytes]] = ()


def compose(letter: Letter, sender: Sender, words: Texts) -> EmailMessage:
    """The whole mail. The plain part says everything; the other one only looks better."""
    lang = letter.messages[-1].lang
    mail = EmailMessage(policy=SMTP)
    mail["From"] = MailAddress(_plain(sender.name), addr_spec=sender.address)
    mail["To"] = letter.to["to"]
    subject = bare_subject(_plain(str(letter.to.get("subject") or ""))) or words.say("mail_subject", lang)
    mail["Subject"] = f"Re: {subject} {shown(letter.mark)}"
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{letter.message_id}>"
    _thread(mail, [str(each) for each in letter.to.get("references") or ()])
    mail["Content-Language"] = lang
    mail[LOOP_HEADER] = sender.address
    if not any(each.role == "agent" for each in letter.messages):
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    if any(each.survey is not None for each in letter.messages):
        mail["List-Unsubscribe"] = f"<mailto:{sender.address}?subject={quote(f'{UNSUBSCRIBE} {shown(letter.mark)}')}>"
    body = "\n\n".join(_said(letter.messages, sender, words))
    scores = next((each.scores for each in letter.messages if each.survey is not None), ())
    answer = f"mailto:{quote(sender.address, safe='@')}?subject={quote(str(mail['Subject']))}&body="
    footer = words.say("mail_footer", lang, {"shop": _plain(sender.name), "reference": shown(letter.mark)[1:-1]})
    mail.set_content(f"{body}\n\n-- \n{footer}\n", cte="quoted-printable")
    mail.add_alternative(_html(body, _taps(scores, answer), footer, lang), subtype="html", cte="quoted-printable")
    for file, content in letter.files:
        kind, _, subtype = file.media_type.partition("/")
        mail.add_attachment(content, maintype=kind, subtype=subtype, filename=_plain(file.name))
    return mail


def _thread(mail: EmailMessage, references: list[str]) -> None:
    """Under the customer's latest mail. What would not be an id is left out: it came from outside."""
    fit = [each for each in references if re.fullmatch(r"[\x21-\x3b=\x3f-\x7e]{1,250}", each)][-_MOST_REFERENCES:]
    if fit:
        mail["In-Reply-To"] = f"<{fit[-1]}>"
        mail["References"] = " ".join(f"<{each}>" for each in fit)


def _said(messages: Sequence[Outgoing], sender: Sender, words: Texts) -> list[str]:
    """Paragraphs. An agent's words are signed, once where several follow each other."""
    asking = max((index for index, each in enumerate(messages) if each.buttons), default=-1)
    paragraphs = []
    for index, each in enumerate(messages):
        cards = ["\n".join(order_words(card, words, each.lang).lines()) for card in each.cards]
        text = "\n\n".join(part for part in (_clean(each.text), *map(_clean, cards)) if part)
        if each.buttons:
            text += "\n" + _choices(each, words, numbered=index == asking)
        if each.survey is not None:
            text += "\n" + words.say("mail_score", each.lang, {"least": each.scores[0], "most": each.scores[-1]})
        following = messages[index + 1] if index + 1 < len(messages) else None
        if each.role == "agent" and not (following and following.role == "agent" and following.author == each.author):
            signed = {"name": _plain(each.author or ""), "shop": _plain(sender.name)}
            text += "\n\n" + words.say("mail_signed", each.lang, signed)
        paragraphs.append(text)
    return paragraphs


def _choices(message: Outgoing, words: Texts, *, numbered: bool) -> str:
    """Buttons as text; a number answers the last ones of a mail."""
    titles = [_plain(each) for each in message.buttons]
    if not numbered:
        return "\n".join(f"- {title}" for title in titles)
    lines = [f"{number}) {title}" for number, title in enumerate(titles, start=1)]
    return "\n".join([words.say("mail_choose", message.lang), *lines])


def _taps(scores: Sequence[int], answer: str) -> str:
    """The scores as links, each of which begins the mail that gives it: no page of ours learns who has opened what."""
    links = (f'<a href="{escape(answer)}{score}" style="{_BUTTON}">{score}</a>' for score in scores)
    return f"<p>{' '.join(links)}</p>\n" if scores else ""


def _html(body: str, taps: str, footer: str, lang: str) -> str:
    paragraphs = "".join(f"<p>{_lines(each)}</p>\n" for each in body.split("\n\n"))
    style = "font-family:sans-serif;font-size:16px;line-height:1.5"
    small = "color:#595959;font-size:14px"
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><body style="{style}">\n'
        f'{paragraphs}{taps}<p style="{small}">-- <br>\n{_lines(footer)}</p>\n</body></html>\n'
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).strip()


def _plain(text: str) -> str:
    """On one line: for header fields."""
    return " ".join(_clean(text).split())

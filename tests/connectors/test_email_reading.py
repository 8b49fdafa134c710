"""What is read out of a mail: the new words, who wrote it, and whether anybody did. Pure."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mail_samples import HTML, NEW, OLD, OUT_OF_OFFICE, PLAIN, SHOP, bounce

from desk.connectors.email.html_text import html_to_text
from desk.connectors.email.language import guess
from desk.connectors.email.quotes import written_anew
from desk.connectors.email.reading import Mail, bare_subject, read
from desk.connectors.email.threads import Threads, shown, without_mark


def _mail(text: str = "Hei", html: str | None = None, **fields: str) -> EmailMessage:
    mail = EmailMessage()
    given_fields = {"From": "Maija <Maija@Asiakas.example>", "Message-ID": "<m1@asiakas.example>", **fields}
    for name, value in given_fields.items():
        mail[name.replace("_", "-")] = value
    if html is None:
        mail.set_content(text)
    else:
        mail.set_content(html, subtype="html")
    return mail


def _read(mail: EmailMessage) -> Mail:
    return read(mail.as_bytes(), SHOP)


@pytest.mark.parametrize("program", PLAIN)
def test_only_what_was_written_anew_is_kept(program: str) -> None:
    text = written_anew(PLAIN[program])
    assert OLD not in text
    assert text.removesuffix("\n\nMaija") in NEW.values()


@pytest.mark.parametrize("program", HTML)
def test_html_is_read_as_text_without_its_quotation(program: str) -> None:
    assert _read(_mail(html=HTML[program])).text in NEW.values()


@pytest.mark.parametrize(
    "text",
    [
        "Myyjä kirjoitti minulle 3.11.:\nTuote on lopussa.\nMitä nyt?",
        "Tilasin: 2 lyhtyä\nLähettäjä: Posti\nMissä ne ovat?",
        "Hinta oli 5 > 3 euroa\n> tätä kysyin",
        "--\nMaija",
        "Lähetetty iPhonesta",
    ],
)
def test_when_in_doubt_words_stay(text: str) -> None:
    assert written_anew(text).split("\n")[0] == text.split("\n")[0]


def test_answers_between_the_quoted_lines_are_all_kept() -> None:
    text = f"On 21/11/2026 12.00, Kaamos <{SHOP}> wrote:\n> Color?\nRed\n> Size?\nLarge\n"
    assert written_anew(text) == "Red\nLarge"


def test_the_plainest_of_several_forms_is_read_and_files_are_named() -> None:
    mail = _mail("Sanat")
    mail.add_alternative("<p>Sanat <b>HTML</b></p>", subtype="html")
    mail.add_attachment(b"x" * 40_000, maintype="image", subtype="jpeg", filename="kuva/../ä.jpg")
    found = _read(mail)
    assert (found.text, found.sender, found.name) == ("Sanat", "maija@asiakas.example", "Maija")
    (file,) = found.enclosed
    assert (file.media_type, len(file.content), "/" in file.name) == ("image/jpeg", 40_000, False)


def test_no_html_gets_through() -> None:
    text = html_to_text(
        "<p>Hei <script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;</p><style>p{}</style><!--x"
    )
    assert text == "Hei <b>"


def test_flowed_lines_are_joined() -> None:
    mail = _mail("Pitkä \nrivi\nToinen\n")
    mail.set_param("format", "flowed")
    assert _read(mail).text == "Pitkä rivi\nToinen"


@pytest.mark.parametrize("program", OUT_OF_OFFICE)
def test_what_no_person_wrote_is_known(program: str) -> None:
    assert not _read(_mail(Subject="Hei")).automatic
    fields = {"From": "Maija <maija@asiakas.example>", **OUT_OF_OFFICE[program]}
    mail = EmailMessage()
    for name, value in fields.items():
        mail[name] = value
    mail.set_content("Olen lomalla.")
    assert _read(mail).automatic


def test_a_bounce_says_which_mail_and_why() -> None:
    found = read(bounce("<aspa.x@kaamos.example>", "maija@asiakas.example"), SHOP).bounce
    assert found is not None
    assert (found.ids[0], found.gone, found.final) == ("aspa.x@kaamos.example", True, True)
    assert "Recipient address rejected" in found.why
    delayed = read(bounce("<a@b>", "maija@asiakas.example", "4.4.1", "delayed"), SHOP).bounce
    assert delayed is not None
    assert not delayed.final


def test_our_own_mails_are_known() -> None:
    assert _read(_mail(From=SHOP)).ours
    assert _read(_mail(X_Loop=SHOP)).ours
    assert not _read(_mail()).ours


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Missä pakettini on?", "fi"),
        ("Kus mu pakk on, pole saanud", "et"),
        ("Where is my parcel?", "en"),
        ("123", "et"),
    ],
)
def test_the_first_words_are_in_the_customer_s_language(text: str, language: str) -> None:
    assert guess(text, otherwise="et") == language


@pytest.mark.parametrize("subject", ["Re: Tilaus", "VS: Re: Tilaus", "Vast: Tilaus", "RE[2]: Tilaus", "Tilaus"])
def test_a_subject_is_known_without_its_prefixes(subject: str) -> None:
    assert bare_subject(subject) == "Tilaus"


def test_a_thread_is_known_by_marks_that_nobody_can_make() -> None:
    threads, others = Threads("s" * 32, SHOP), Threads("t" * 32, SHOP)
    mark = threads.mark("maija@asiakas.example", "m0@asiakas.example")
    ours = threads.message_id(mark, 3, 5)
    own = threads.own(ours)
    assert own is not None
    assert (own.mark, own.first, own.last) == (mark, 3, 5)
    assert threads.own(ours.replace("kaamos", "evil")) is None
    assert others.mark("maija@asiakas.example", "m0@asiakas.example") != mark
    cited = _read(_mail(In_Reply_To=f"<{ours}>"))
    named = _read(_mail(Subject=f"Re: Tilaus {shown(mark).upper()}"))
    own_first = _read(_mail(References="<m0@asiakas.example> <x@y.example>"))
    assert all(mark in threads.candidates(each) for each in (cited, named, own_first))
    assert mark not in threads.candidates(_read(_mail(From="x@evil.example", References="<m0@asiakas.example>")))
    assert without_mark(f"Re: Tilaus {shown(mark)}") == "Re: Tilaus"


_BASES = [
    _mail(PLAIN["gmail fi"], Subject="Tilaus ä", References="<a@b.example> <c@d.example>").as_bytes(),
    _mail(html=HTML["outlook desktop"], Subject="Tilaus").as_bytes(),
    bounce("<aspa.x@kaamos.example>", "maija@asiakas.example"),
]
_mixed = _mail("Sanat")
_mixed.add_alternative(HTML["gmail"], subtype="html")
_mixed.add_attachment(b"x" * 500, maintype="image", subtype="png", filename="k.png")
_mixed.add_attachment(_mail("Sisällä"))
_BASES.append(_mixed.as_bytes())
_TOKENS = [
    b"=?utf-8?b?", b"=?x?q?=ff?=", b"\0", b"\xff\xfe", b"\r\n\r\n", b"\n--", b"charset=utf-7",
    b"charset=unicode_escape", b"charset=zip", b"charset=idna", b"charset*=x''%ff", b"Content-Type: message/rfc822\n",
    b"boundary=", b"Content-Type: multipart/mixed; boundary=\"=\"\n", b"Content-Transfer-Encoding: base64\n",
    b"<blockquote>", b"<", b"\"", b"From: ", b"From: a@b, c@d\n", b"Subject: =?utf-8?q?=ED=A0=80?=\n", b"uuencode",
    b"filename*0*=utf-8''%00", b";" * 50,
]  # fmt: skip


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    raw = bytearray(draw(st.sampled_from(_BASES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(raw)))
        length = draw(st.integers(0, 60))
        match draw(st.integers(0, 4)):
            case 0:
                del raw[at : at + length]
            case 1:
                raw[at:at] = draw(st.sampled_from(_TOKENS))
            case 2:
                raw[at : at + length] = draw(st.binary(max_size=60))
            case 3:
                raw[at:at] = raw[at : at + length] * draw(st.integers(1, 20))
            case _:
                raw[at : at + 1] = bytes([draw(st.integers(0, 255))])
    return bytes(raw)


@pytest.mark.parametrize("control", ["\0", "\x07", "\x7f"])
def test_no_address_holds_a_control_character(control: str) -> None:
    raw = f"From: {control}maija@asiakas.example\nTo: {SHOP}\n\nMoi".encode()
    assert read(raw, SHOP).sender == ""


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=_mutated())
def test_no_mail_makes_reading_fail(raw: bytes) -> None:
    found = read(raw, SHOP)
    assert found.id
    assert len(found.references) <= 41
    assert found.sender == "" or found.sender.count("@") == 1
    assert not any(character in found.subject + found.name + found.sender for character in "\r\n\0")
    assert all(file.name and "/" not in file.name for file in found.enclosed)


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a b='", "<p>", "<blockquote>", "</", "&#", "<![", "<!"])
def test_hostile_html_takes_no_long_time(piece: str) -> None:
    start = time.process_time()
    html_to_text(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "piece", ["> a\n", "-- \n", "a:\n", "From: a\n", "____________\n", "wrote ", "x@y wrote 2026:\n"]
)
def test_hostile_text_takes_no_long_time(piece: str) -> None:
    start = time.process_time()
    written_anew(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 3

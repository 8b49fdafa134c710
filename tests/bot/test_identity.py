"""One-time codes, mails, and what the bot may do by itself."""

from __future__ import annotations

import json
from decimal import Decimal
from email import message_from_string
from pathlib import Path

import pytest
from house import MailServer, free_port

from actions import settings
from actions.authority import Authority, Kind, Limits
from actions.identity import Identity, Rules, Verdict, masked
from actions.mail import FileOutbox, Mail, MailUnavailable, SmtpOutbox
from actions.mail.letters import code_letter
from actions.store import Store
from actions.tries import Tries

WHO = "maija.virtanen@example.fi"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += minutes * 60


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "actions.sqlite3")


@pytest.fixture
def identity(store: Store, clock: Clock) -> Identity:
    return Identity(store, Rules(), clock)


def sent(identity: Identity, conversation: str = "c1", email: str = WHO) -> str:
    codes: list[str] = []
    identity.new_code(conversation, email, codes.append)
    return codes[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_right_code_proves_the_customer_in_this_conversation_only(identity: Identity):
    code = sent(identity)

    assert identity.check("c1", WHO.upper(), f" {code[:3]} {code[3:]} ") == (Verdict.RIGHT, 0)

    assert identity.proved("c1", WHO)
    assert not identity.proved("c2", WHO)
    assert not identity.proved("c1", "ville.rantanen@example.fi")


def test_a_code_holds_ten_minutes_and_trust_an_hour(identity: Identity, clock: Clock):
    old = sent(identity)
    clock.pass_minutes(10.1)
    assert identity.check("c1", WHO, old)[0] is Verdict.EXPIRED
    assert not identity.pending("c1", WHO)

    identity.check("c1", WHO, sent(identity))
    clock.pass_minutes(59)
    assert identity.proved("c1", WHO)
    clock.pass_minutes(2)
    assert not identity.proved("c1", WHO)


def test_the_fifth_wrong_code_is_the_last_and_the_right_one_comes_too_late(identity: Identity):
    code = sent(identity)

    verdicts = [identity.check("c1", WHO, wrong(code)) for _ in range(5)]

    assert [left for _, left in verdicts] == [4, 3, 2, 1, 0]
    assert verdicts[-1][0] is Verdict.OVER
    assert identity.check("c1", WHO, code)[0] is Verdict.OVER
    assert identity.exhausted("c1", WHO)
    assert not identity.proved("c1", WHO)


def test_a_new_code_takes_the_place_of_the_old_one(identity: Identity, clock: Clock):
    old = sent(identity)
    clock.pass_minutes(1)
    new = sent(identity)

    assert old == new or identity.check("c1", WHO, old)[0] is Verdict.WRONG
    assert identity.check("c1", WHO, new)[0] is Verdict.RIGHT


def test_nobodys_mailbox_is_filled(identity: Identity, clock: Clock):
    for conversation in "abcd":
        assert identity.may_send(WHO)
        sent(identity, conversation)
    assert not identity.may_send(WHO)
    assert identity.may_send("ville.rantanen@example.fi")

    clock.pass_minutes(61)
    assert identity.may_send(WHO)


def test_a_code_that_was_not_delivered_is_not_asked_for(identity: Identity):
    def fail(code: str) -> None:
        raise MailUnavailable

    with pytest.raises(MailUnavailable):
        identity.new_code("c1", WHO, fail)

    assert not identity.pending("c1", WHO)


def test_the_database_holds_neither_codes_nor_addresses(identity: Identity, tmp_path: Path):
    code = sent(identity)

    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert code.encode() not in content
    assert WHO.encode() not in content


def test_an_address_is_shown_so_that_only_its_owner_knows_it():
    assert masked(WHO) == "m•••@example.fi"


@pytest.mark.parametrize("language", ["fi", "et", "en"])
def test_a_mail_goes_to_the_file_with_its_code_in_two_groups(tmp_path: Path, language: str):
    letter = code_letter(WHO, language, name="Maija Virtanen", code="012345", minutes=10, shop="Kaamos")

    FileOutbox(tmp_path / "mail", "Kaamos <a@example.com>").send(letter)

    (line,) = (tmp_path / "mail" / "outbox.jsonl").read_text("utf-8").splitlines()
    mail = json.loads(line)
    assert mail["to"] == WHO
    assert "012 345" in mail["text"]
    assert "Maija Virtanen" in mail["text"]
    assert mail["language"] == language


def test_a_mail_goes_over_smtp(mail_server: MailServer):
    outbox = SmtpOutbox(f"smtp://127.0.0.1:{mail_server.port}", "Kaamos <a@example.com>")

    outbox.send(Mail(WHO, "Vahvistuskoodi: ä", "Hei", "fi"))

    (raw,) = mail_server.received
    message = message_from_string(raw)
    assert message["To"] == WHO
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_server_that_is_not_there_is_said_so():
    with pytest.raises(MailUnavailable):
        SmtpOutbox(f"smtp://127.0.0.1:{free_port()}", "a@example.com").send(Mail(WHO, "s", "t", "en"))


LIMITS = Limits(
    alone=Decimal(30), most=Decimal(100), goods=Decimal(150), customer=Decimal(60), hour=Decimal(100), day=Decimal(150)
)


def authority(store: Store, clock: Clock, *, changes: bool = True, acts: bool = False) -> Authority:
    return Authority(store, LIMITS, changes=changes, acts=acts, clock=clock)


@pytest.mark.parametrize(("acts", "amount", "may"), [(False, 30, 1), (False, 31, 0), (True, 60, 1), (True, 101, 0)])
def test_money_above_the_limit_of_the_mode_is_proposed(store: Store, clock: Clock, acts: bool, amount: int, may: int):
    assert authority(store, clock, acts=acts).may(Kind.MONEY, WHO, Decimal(amount)) is bool(may)


def test_what_is_the_customers_by_right_has_no_limit_but_the_kill_switch(store: Store, clock: Clock):
    assert authority(store, clock).book(Kind.RIGHT, WHO, Decimal(5000), "k")
    assert not authority(store, clock, changes=False).book(Kind.RIGHT, WHO, Decimal(1), "k")


def test_a_customer_is_given_so_much_in_90_days(store: Store, clock: Clock):
    book = authority(store, clock).book
    assert book(Kind.MONEY, WHO, Decimal(30), "1")
    assert book(Kind.GOODS, WHO, Decimal(30), "2")
    assert not book(Kind.MONEY, WHO, Decimal("0.01"), "3")
    assert book(Kind.MONEY, "other@example.fi", Decimal(30), "4")

    clock.pass_minutes(91 * 24 * 60)
    assert book(Kind.MONEY, WHO, Decimal(30), "5")


def test_all_together_are_given_so_much_in_an_hour_and_in_a_day(store: Store, clock: Clock):
    book = authority(store, clock).book
    taken = [book(Kind.GOODS, f"{n}@example.fi", Decimal(50), f"{n}") for n in range(3)]
    assert taken == [True, True, False]

    clock.pass_minutes(61)
    assert book(Kind.GOODS, "3@example.fi", Decimal(50), "3")
    clock.pass_minutes(61)
    assert not book(Kind.GOODS, "4@example.fi", Decimal(50), "4")


def test_the_same_key_is_counted_once_and_a_refusal_not_at_all(store: Store, clock: Clock):
    book = authority(store, clock)
    assert book.book(Kind.GOODS, WHO, Decimal(60), "1")
    assert book.book(Kind.GOODS, WHO, Decimal(60), "1")
    book.unbook("1")
    assert book.book(Kind.GOODS, WHO, Decimal(60), "2")


def guess(number: str, email: str) -> dict[str, str | None]:
    return {"number": number, "email": email, "phone": None}


def test_numbers_and_emails_are_not_tried_out_from_many_conversations(store: Store, clock: Clock):
    """The lock is the number's and the e-mail's, whether they exist or not; it ends by itself."""
    tries = Tries(store, 3, clock)
    assert [tries.begin(guess("100233", f"{n}@example.fi")) for n in range(4)] == [True, True, True, False]
    assert [tries.begin(guess(f"10024{n}", WHO.upper() if n else WHO)) for n in range(4)] == [True, True, True, False]
    assert not tries.begin(guess("100233", WHO)), "nor with the right one: else the lock would tell it"
    assert tries.begin(guess("100999", "else@example.fi"))

    clock.pass_minutes(61)
    assert tries.begin(guess("100233", WHO))


def test_what_was_right_or_tried_before_is_no_further_guess(store: Store, clock: Clock):
    tries = Tries(store, 1, clock)
    for _ in range(3):
        assert tries.begin(guess("100233", WHO))
    tries.right(guess("100233", WHO))
    assert tries.begin(guess("100233", "other@example.fi"))


@pytest.mark.parametrize(
    ("name", "value"), [("ASPA_BOT_MONEY", "all"), ("ASPA_BOT_ACTIONS", "no"), ("ASPA_SMTP_URL", "http://secret@x")]
)
def test_a_wrong_setting_is_named_without_what_may_be_secret(name: str, value: str):
    with pytest.raises(settings.SettingsError, match=name) as failed:
        settings.load({name: value})
    assert "secret" not in str(failed.value)

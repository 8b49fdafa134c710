"""What Telegram alone has: kinds of messages, commands, buttons, groups, flood limits."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx
import pytest
from conformance import handed_over
from desk_house import wording
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram_channel import PUBLIC_URL, TelegramChannel, deliver, message, until

type Json = dict[str, Any]
pytestmark = pytest.mark.anyio
FILE: Json = {"file_id": "f", "file_unique_id": "u", "file_size": 1}


# Set-up


def test_telegram_is_told_where_to_deliver_and_what_commands_there_are(telegram: TelegramChannel) -> None:
    until(lambda: len(telegram.service.asked("setMyCommands")) == 4)
    (told,) = telegram.service.asked("setWebhook")
    assert told.body["url"] == PUBLIC_URL + telegram.path
    assert told.body["secret_token"] == telegram.settings["ASPA_TELEGRAM_SECRET"]
    assert set(told.body["allowed_updates"]) == {"message", "edited_message", "callback_query", "my_chat_member"}
    menus = {call.body.get("language_code"): call.body["commands"] for call in telegram.service.asked("setMyCommands")}
    assert set(menus) == {"fi", "et", "en", None}
    assert {each["command"] for each in menus["fi"]} == {"help", "human", "language", "delete"}


# Kinds of messages

KINDS: dict[str, tuple[Json, str, bool]] = {
    "sticker": (
        {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"},
        "[Tarra] 👍",
        False,
    ),
    "dice": ({"emoji": "🎲", "value": 4}, "[Noppa] 🎲, 4", False),
    "photo": ([{**FILE, "width": 1, "height": 1}], "[Kuva]", True),  # type: ignore[dict-item]
    "voice": ({**FILE, "duration": 3}, "[Ääniviesti]", True),
    "video": ({**FILE, "width": 1, "height": 1, "duration": 3, "file_name": "rikki.mp4"}, "[Video] rikki.mp4", True),
    "video_note": ({**FILE, "length": 1, "duration": 3}, "[Videoviesti]", True),
    "audio": ({**FILE, "duration": 3, "title": "Surina"}, "[Äänite] Surina", True),
    "document": ({**FILE, "file_name": "kuitti.pdf"}, "[Tiedosto] kuitti.pdf", True),
    "location": ({"latitude": 60.17, "longitude": 24.94}, "[Sijainti] 60.17, 24.94", True),
    "contact": (
        {"phone_number": "+358401234567", "first_name": "Maija"}, "[Yhteystieto] Maija, +358401234567", True,
    ),
    "poll": ({"id": "1", "question": "Milloin?", "options": []}, "[Kysely] Milloin?", True),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_no_text_reaches_people_and_is_answered_sensibly(telegram: TelegramChannel, kind: str) -> None:
    """The bot is not asked; a sticker is answered by nobody."""
    content, line, answered = KINDS[kind]
    customer, asked = telegram.customer(), len(telegram.house.bot.questions)
    assert await customer.send(copies=4, **{kind: content}) == [200] * 4
    assert telegram.house.stored(line)[-1] == line
    assert len(telegram.house.bot.questions) == asked
    await customer.write("Hei")
    await customer.said("Bot: Hei")
    assert len([text for text in customer.texts() if wording("unread") in text]) == (1 if answered else 0)


async def test_a_caption_is_a_message_like_any_other(telegram: TelegramChannel) -> None:
    """The bot reads the words alone; people see the photo's line before them."""
    customer = telegram.customer()
    await customer.send(photo=KINDS["photo"][0], caption="Tämä tuli rikki")
    await customer.said("Bot: Tämä tuli rikki")
    assert telegram.house.stored()[-2:] == ["[Kuva]", "Tämä tuli rikki"]


async def test_an_album_is_answered_once(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    for _ in range(3):
        await customer.send(photo=KINDS["photo"][0], media_group_id="a1")
    await customer.write("Siinä")
    await customer.said("Bot: Siinä")
    assert len([text for text in customer.texts() if wording("unread") in text]) == 1


async def test_an_edit_is_told_to_people_and_the_customer_is_asked_to_write_anew(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("Tilaus 100233")
    await customer.said("Bot: Tilaus 100233")
    edited = message(customer, text="Tilaus 100234", message_id=5, edit_date=int(time.time()))
    assert await deliver(telegram, {"edited_message": edited}, copies=4) == [200] * 4
    await customer.said(wording("edited"))
    assert telegram.house.stored("100234") == ["[Muokattu viesti] Tilaus 100234"]
    assert not [question for question in telegram.house.bot.questions if "100234" in question["text"]]


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "HILJAA"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "x"}, "text": "HILJAA"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "pinned_message": None}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "new_kind": {"a": 1}}},
        {"message": {"chat": {"id": 5}}}, {"message": None}, {"message": []}, {"message": "HILJAA"},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": {}, "type": "private"}, "text": "HILJAA"}},
        {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 5, "type": "private"}, "text": "HILJAA"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 10**30, "type": "private"}, "text": "HILJAA"}},
        {"message": {"message_id": "9" * 99, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "HILJAA"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": ["HILJAA"]}},
        {"message": {"message_id": 2, "date": 1, "chat": {"id": 5, "type": "private"}, "photo": True, "caption": True}},
        {"inline_query": {"id": "1", "query": "HILJAA"}}, {"poll": {}}, {"business_message": {}}, {"nothing": 5},
    ],
)  # fmt: skip
async def test_what_does_not_concern_us_is_taken_and_left(telegram: TelegramChannel, update: Json) -> None:
    """Or Telegram would bring it again and again."""
    assert await deliver(telegram, update) == [200]
    assert telegram.house.stored("HILJAA") == []


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_update_is_too_odd(telegram: TelegramChannel, data: st.DataObject) -> None:
    """Also with the right secret: any field of any type is no error of ours."""
    odd = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
        max_leaves=6,
    )
    fields = ("message_id", "date", "chat", "from", "text", "photo", "sticker", "reply_to_message", "caption")
    message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}
    message |= data.draw(st.dictionaries(st.sampled_from(fields), odd, max_size=4))
    kind = data.draw(st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "channel_post"]))
    wrapped = {"id": "1", "chat_instance": "1", "from": {"id": 5}, "message": message, "data": data.draw(odd)}
    body = {"update_id": data.draw(odd), kind: wrapped if kind == "callback_query" else message}
    secret = {"X-Telegram-Bot-Api-Secret-Token": telegram.settings["ASPA_TELEGRAM_SECRET"]}
    with httpx.Client(trust_env=False, verify=False, timeout=30) as client:
        answer = client.post(telegram.house.url + telegram.path, content=json.dumps(body), headers=secret)
    assert answer.status_code in (200, 400), answer.text


# Commands and languages


@pytest.mark.parametrize(("code", "word"), [("fi", "automaattinen"), ("et-EE", "automaatne"), ("ru", "automated")])
async def test_the_first_language_is_that_of_the_customer_s_app(
    telegram: TelegramChannel, code: str, word: str
) -> None:
    customer = telegram.customer(code)
    await customer.write("/start")
    await customer.said("/human")
    assert word in customer.texts()[0]
    assert len(customer.texts()) == 2


async def test_commands_explain_and_unknown_ones_are_text(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("/HELP", copies=4)
    assert "/delete" in (await customer.said("/human")).text
    await customer.write("/restart")
    await customer.said("Bot: /restart")
    assert len([text for text in customer.texts() if "/human" in text]) == 1


async def test_the_language_is_chosen_by_button_or_word(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("/language")
    asked = await customer.said(wording("language"))
    assert asked.buttons == ("Suomi", "Eesti", "English")
    await customer.press("Eesti")
    await customer.said(wording("language_chosen", "et"))
    await customer.write("/language en")
    await customer.said(wording("language_chosen", "en"))
    await customer.write("/language klingon")
    await customer.write("/help")
    await customer.said(wording("help", "en"))


async def test_a_customer_erases_their_conversation_once_they_confirm_it(telegram: TelegramChannel) -> None:
    """Nothing personal is left of it, in the bot neither; what comes next is a new conversation."""
    customer = telegram.customer()
    await customer.write("Salaisuus 0401234567")
    await customer.said("Bot: Salaisuus")
    await customer.write("/delete")
    await customer.said("Poistetaanko kaikki")
    assert telegram.house.stored("Salaisuus")
    await customer.press("Kyllä, poistetaan")
    await customer.said("Keskustelu on poistettu")
    (asked,) = [each for each in telegram.house.bot.questions if "Salaisuus" in each["text"]]
    until(lambda: {"conversation": asked["conversation"]} in telegram.house.bot.erased)
    assert telegram.house.traces("Salaisuus", asked["conversation"], str(customer.chat)) == []
    await customer.write("Uusi asia")
    await customer.said("Bot: Uusi asia")
    assert telegram.house.bot.questions[-1]["conversation"] != asked["conversation"]
    assert any("automaattinen" in text for text in customer.texts()[4:]), "who answers is said anew"


async def test_nothing_is_erased_by_a_no_or_under_people_s_hands(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("Säilyvä viesti")
    await customer.said("Bot: Säilyvä")
    await customer.write("/delete")
    await customer.said("Poistetaanko kaikki")
    await customer.press("Ei, säilytetään")
    await customer.ask_for_person()
    await customer.said("jonossa")
    await customer.press("Kyllä, poistetaan")
    await customer.said(wording("erasure_asked"))
    assert telegram.house.stored("Säilyvä viesti")


async def test_who_wants_more_erased_than_a_conversation_reaches_a_person(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("/delete myös tilaukseni")
    await customer.said(wording("erasure_asked"))
    await customer.said("jonossa")
    assert telegram.house.stored("/delete myös tilaukseni")


async def test_a_person_can_be_asked_for_with_the_matter(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("/human Laturi savuaa")
    await customer.said("jonossa")
    assert telegram.house.stored("Laturi savuaa") == ["Laturi savuaa"]


# Buttons


async def test_a_score_is_asked_in_the_chat_tapped_there_and_counted_for_telegram(telegram: TelegramChannel) -> None:
    """The case is closed at the desk; five buttons come to the chat; the tap stands in Telegram's figures alone."""
    customer, house = telegram.customer(), telegram.house
    before = await house.scores("telegram", "csat_after_handoff")
    async with await house.agent() as agent:
        await customer.write("Missä tilaus?")
        await customer.said("Bot: Missä tilaus?")
        case = await handed_over(agent, customer.ask_for_person)
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Se on matkalla.")
        await agent.do(type="resolve", conversation=case, outcome="solved")
        asked = await customer.said(wording("survey"))
        assert asked.buttons == ("1", "2", "3", "4", "5")
        await customer.press("4")
        await customer.said(wording("survey_why"))
    await house.until_scored("telegram", "csat_after_handoff", before, 4)
    assert (await house.scores("widget", "csat_after_handoff"))["asked"] == 0


async def test_a_button_is_answered_exactly_once_however_often_it_comes(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("napit")
    await customer.said("Kumpi?")
    before = len(telegram.service.asked("answerCallbackQuery"))
    await customer.press("Odotan", copies=4)
    await customer.said("Valittu /wait")
    answers = telegram.service.asked("answerCallbackQuery")[before:]
    assert [call.body.get("text") for call in answers] == ["Odotan"]
    assert len([text for text in customer.texts() if "Valittu" in text]) == 1


@pytest.mark.parametrize(
    "data", ["", "press", "press.1", "press.99.0", "press.a.b", "rate.9.9", "language.xx", "press.-1.0"]
)
async def test_a_button_that_is_none_of_ours_stops_turning_and_does_nothing(
    telegram: TelegramChannel, data: str
) -> None:
    customer = telegram.customer()
    await customer.write("Hei")
    await customer.said("Bot: Hei")
    before = len(telegram.service.asked("answerCallbackQuery"))
    assert await customer.press_data(data) == [200]
    until(lambda: len(telegram.service.asked("answerCallbackQuery")) == before + 1)


# Groups

"""Agents who work in a Slack channel: the same cases, claims and log as in the console, and notes that stay inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clients import new_token, widget
from scripted_bot import echo
from slack_house import SlackHouse, slack_house
from slack_workspace import AGENTS, ALICE, BOB, LIISA, Json, buttons, whole

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SlackHouse]:
    settings = {"ASPA_SLACK_AGENTS_CHANNEL": AGENTS, "ASPA_SLACK_AGENTS": f"{LIISA}=liisa"}
    with slack_house(tmp_path, settings) as made:
        yield made


def actions(message: Json) -> list[str]:
    return [each["action_id"] for each in buttons(message)]


async def test_the_story_with_an_agent_in_slack(house: SlackHouse) -> None:
    """Packet, claim, reply, note, resolve in the channel; the customer gets the replies and nothing else."""
    await house.slack.say(ALICE, ALICE, "Paketti on myöhässä &lt;!channel&gt; <!everyone>")
    direct = await house.slack.direct(ALICE)
    await house.slack.until(direct, "Bot: Paketti")
    await house.slack.say(direct, ALICE, "ota ihminen")
    card = await house.slack.until(AGENTS, "Myöhästynyt toimitus")
    assert actions(card) == ["team_claim"]
    for part in ("Pyysi ihmistä (ota ihminen)", "Alice", "Asiakas: Paketti on myöhässä", "Avustaja: Bot: Paketti"):
        assert part in whole(card)
    assert "<!" not in whole(card) and "&lt;!channel&gt; @everyone" in whole(card)

    await house.slack.press(LIISA, card, "team_claim")
    await house.slack.until(direct, "Liisa asiakaspalvelusta")
    card = await house.slack.until(AGENTS, lambda each: actions(each) == ["team_resolve", "team_return_to_bot"])
    assert "Hoitaa: Liisa" in whole(card)
    await house.slack.say(AGENTS, LIISA, "// varastolta kysytty", thread=card["ts"])
    await house.slack.say(AGENTS, LIISA, "Hei Alice, katson heti. &lt;!here&gt;", thread=card["ts"])
    reply = await house.slack.until(direct, "katson heti")
    assert reply["username"] == "Liisa" and whole(reply).endswith("&lt;!here&gt;")
    await house.slack.say(direct, ALICE, "Kiitos!")
    shown = await house.slack.until(AGENTS, "Asiakas: Kiitos!")
    assert shown["thread_ts"] == card["ts"]

    await house.slack.press(LIISA, card, "team_resolve")
    await house.slack.until(direct, "Kuinka hyvin Liisa")
    await house.slack.until(AGENTS, lambda each: actions(each) == ["team_reopen"])
    sent = "".join(whole(each) for each in await house.slack.messages(direct))
    assert "varastolta" not in sent
    thread = "".join(whole(each) for each in await house.slack.by_app(AGENTS))
    assert thread.count("katson heti") == 0, "what Liisa wrote there is not repeated to her"


async def test_a_claim_in_the_console_shows_in_slack_and_the_other_way_round(house: SlackHouse) -> None:
    """A case of the website's widget, too: one claim, wherever it is made."""
    async with (
        await house.house.agent() as agent,
        await widget(house.house.url, await new_token(house.house.url)) as customer,
    ):
        await customer.do(type="write", text="ota ihminen")
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        card = await house.slack.until(AGENTS, lambda each: actions(each) == ["team_claim"])
        await agent.do(type="open", conversation=case, after=0)
        await agent.do(type="claim", conversation=case)
        await house.slack.until(AGENTS, lambda each: each["ts"] == card["ts"] and "Hoitaa: Liisa" in whole(each))
        await agent.do(type="note", conversation=case, text="Kysy hyvitys")
        await agent.do(type="reply", conversation=case, text="Hei konsolista")
        await house.slack.until(AGENTS, "Muistiinpano, Liisa: Kysy hyvitys")
        await house.slack.until(AGENTS, "Liisa: Hei konsolista")
        await house.slack.say(AGENTS, LIISA, "Hei Slackista", thread=card["ts"])
        await customer.said("agent", "Hei Slackista")
        await agent.said("agent", "Hei Slackista")
        await agent.do(type="return_to_bot", conversation=case)
        await house.slack.until(AGENTS, lambda each: actions(each) == ["team_take_over"])
        assert customer.texts("agent") == ["Hei konsolista", "Hei Slackista"]


async def test_who_does_not_own_the_case_or_is_no_agent_writes_to_nobody(house: SlackHouse) -> None:
    """They are told, and they alone."""
    await house.slack.say(ALICE, ALICE, "ota ihminen")
    direct = await house.slack.direct(ALICE)
    card = await house.slack.until(AGENTS, lambda each: actions(each) == ["team_claim"])
    await house.slack.say(AGENTS, LIISA, "Hei ennen aikojaan", thread=card["ts"])
    told = await house.slack.until(AGENTS, "Ota se ensin hoitaaksesi")
    assert told["ephemeral_to"] == LIISA
    await house.slack.say(AGENTS, BOB, "Minäkin haluan vastata", thread=card["ts"])
    told = await house.slack.until(AGENTS, "ei ole liitetty")
    assert told["ephemeral_to"] == BOB
    await house.slack.press(BOB, card, "team_claim")
    await house.slack.say(AGENTS, LIISA, "Yleistä juttua")
    await house.slack.press(LIISA, card, "team_claim")
    await house.slack.until(direct, "Liisa asiakaspalvelusta")
    sent = "".join(whole(each) for each in await house.slack.by_app(direct))
    assert "aikojaan" not in sent and "Minäkin" not in sent and "juttua" not in sent


async def test_where_teams_are_kept_apart_the_channel_shows_its_own_teams_cases(tmp_path: Path) -> None:
    """Another team's never; one that was given away says only that, until it comes back."""
    apart = {"ASPA_CASES_SEEN": "own_teams", "ASPA_SLACK_AGENTS_TEAMS": "delivery", "ASPA_SLACK_AGENTS_CHANNEL": AGENTS}
    with slack_house(tmp_path, apart) as house:
        house.house.bot.script = of_payments
        async with await house.house.agent() as agent:
            await house.slack.say(BOB, BOB, "Lasku on maksettu kahdesti, ota ihminen")
            theirs = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
            house.house.bot.script = echo
            await house.slack.say(ALICE, ALICE, "Paketti on hukassa, ota ihminen")
            card = await house.slack.until(AGENTS, "Paketti on hukassa")
            assert "kahdesti" not in "".join(map(whole, await house.slack.by_app(AGENTS)))

            case = (await agent.until(lambda m: m["type"] == "alert" and m["conversation"] != theirs))["conversation"]
            await agent.do(type="claim", conversation=case)
            await agent.do(type="transfer", conversation=case, team="service", why="")
            gone = await house.slack.until(AGENTS, "toisella tiimillä")
            assert gone["ts"] == card["ts"] and "hukassa" not in whole(gone) and not buttons(gone)
            await house.slack.say(await house.slack.direct(ALICE), ALICE, "Se on punainen")
            await agent.do(type="claim", conversation=case)
            await agent.do(type="transfer", conversation=case, team="delivery", why="")
            back = await house.slack.until(AGENTS, lambda each: actions(each) == ["team_claim"])
            assert back["ts"] == card["ts"]


def of_payments(question: Json) -> Json:
    """As ever, about money."""
    answer = echo(question)
    packet = answer["packet"] and answer["packet"] | {"problem": "payment_problem"}
    return answer | {"nlu": answer["nlu"] | {"intent": "payment_problem"}, "packet": packet}

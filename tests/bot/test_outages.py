"""What the customer hears, and what is done once, when a program or the shop fails. Real processes, really stopped."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import suppress

from house import House

LATE = "Tilasin takin viikko sitten eikä sitä näy missään, tilaus 100233"
EMAIL = "maija.virtanen@example.fi"


def test_a_bot_killed_in_the_middle_grants_and_answers_once(own_house: House):
    own_house.start()
    customer = own_house.customer()
    customer.write(LATE)
    customer.write(EMAIL)
    customer.press('/choose{"choice": "wait"}')
    customer.prove(EMAIL)
    answer = customer.last
    assert answer["effects"][0]["kind"] == "compensation_granted"

    own_house.programs["bot"].stop(signal.SIGKILL)
    own_house.start("bot")

    assert customer.again() == answer
    assert [change["kind"] for change in own_house.changes()] == ["compensations"]


def test_a_turn_cut_off_by_kill_is_taken_again_and_the_shop_does_it_once(own_house: House):
    own_house.start()
    customer = own_house.customer()
    customer.write(LATE)
    customer.write(EMAIL)
    customer.press('/choose{"choice": "wait"}')
    own_house.shop("/faults", {"delay_ms": 700})
    body = {**customer.sent, "message_id": "m_cut", "text": own_house.code(EMAIL), "button": None}
    kill_while_answering(own_house, body)
    own_house.shop("/faults", {"delay_ms": 0})
    own_house.start("bot")
    customer.sent = body

    customer.again()

    assert customer.effects == ["compensation_granted"]
    assert len(own_house.changes()) == 1
    assert customer.again() == customer.last


def kill_while_answering(house: House, body: dict) -> None:
    def ask() -> None:
        with suppress(OSError):  # the bot dies while it answers: that is the test
            house.call("webhook", body)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(1.0)  # while the shop takes its time
    house.programs["bot"].stop(signal.SIGKILL)
    thread.join(timeout=20)


def test_shop_down_says_what_happens_next_and_calls_a_person(own_house: House):
    own_house.start("bot")
    customer = own_house.customer()
    customer.write("Kus on minu tellimus 100236?")

    customer.write("mari.tamm@example.ee")

    assert customer.action == "handoff"
    assert customer.codes == ["shop_unavailable"]
    assert "klienditeenindajale" in customer.heard
    assert len(customer.last["messages"]) == 1
    assert customer.last["packet"]["facts"] == [{"name": "order_number", "value": "100236"}]


def test_garbage_from_the_shop_is_a_shop_that_is_down(own_house: House):
    own_house.start()
    own_house.shop("/faults", {"garbage": True})
    customer = own_house.customer()
    customer.write("Where is my order 100232?")

    customer.write("ville.rantanen@example.fi")

    assert customer.codes == ["shop_unavailable"]


def test_an_action_server_that_is_down_is_not_silence(own_house: House):
    own_house.settings(ASPA_ACTIONS_IN="server")
    own_house.start("bot")
    customer = own_house.customer()

    customer.write("Missä tilaukseni 100233 on, maija.virtanen@example.fi?")

    assert customer.action == "handoff"
    assert customer.codes == ["bot_unavailable"]
    assert "asiakaspalvelijalle" in customer.heard

    own_house.start("shop", "actions")
    customer.write("Missä tilaukseni 100233 on?")
    assert customer.effects == ["order_looked_up"]


def test_sigterm_ends_bot_and_actions_cleanly(own_house: House):
    own_house.start("actions", "bot")

    assert own_house.programs["bot"].stop() == 0
    assert own_house.programs["actions"].stop() == 0


def test_a_busy_port_is_one_clear_line(own_house: House):
    own_house.start("actions", "bot")  # in one folder: each has its own to write
    for name, setting in (("bot", "ASPA_BOT_PORT"), ("actions", "ASPA_ACTIONS_PORT")):
        second = own_house.programs[name]
        first, log = second.process, second.log
        second.log = log.with_suffix(".second")
        second.start()
        assert second.process and second.process.wait(timeout=30) == 2
        said = second.log.read_text()
        assert setting in said
        assert "Traceback" not in said
        second.process = first

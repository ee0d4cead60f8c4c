"""The desk's part of a conversation's life, as agents and citizens see it."""

from uuid import uuid4

import httpx
import pytest

from tests.support.clients import AgentClient, Citizen, Json, assert_whole, texts
from tests.support.gateway import Gateway


def said(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]


async def status(citizen: Citizen) -> Json:
    found: Json = (await citizen.news())["status"]
    return found


@pytest.fixture
async def held(citizen: Citizen, anna: AgentClient) -> Citizen:
    """A citizen whom Anna talks to."""
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    return citizen


async def test_on_hold_the_citizen_is_told_and_can_write_meanwhile(
    held: Citizen, anna: AgentClient
) -> None:
    assert (await anna.move(held.id, "hold")).json()["status"]["state"] == "on_hold"
    assert "tar reda på något" in (await held.news())["events"][-1]["text"]
    assert (await status(held))["agent_name"] == "Anna Berg"
    await held.say("Jag väntar.")
    assert (await anna.lists())["mine"][0]["unread"] == 1
    assert (await anna.move(held.id, "pick_up")).json()["status"]["state"] == "active"
    assert "Anna Berg är tillbaka" in (await held.news())["events"][-1]["text"]


async def test_what_is_not_held_cannot_be_put_on_hold(
    citizen: Citizen, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    assert said(await omar.move(held.id, "hold")) == (409, "not_your_conversation")
    assert said(await anna.move(held.id, "pick_up")) == (409, "move_not_allowed")
    assert said(await anna.move(held.id, "decline")) == (409, "move_not_allowed")


async def test_a_colleague_who_accepts_gets_it_with_the_note(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    await omar.lists()
    move_id = str(uuid4())
    moved = await anna.transfer(held.id, "omar", "Gäller altanen.", move_id)
    assert moved.json()["status"]["state"] == "offered"
    assert "ber en kollega ta över" in (await held.news())["events"][-1]["text"]
    offered = (await omar.lists())["mine"][0]
    assert (offered["state"], offered["notes"]) == ("offered", 1)
    assert offered["offered_until"] is not None
    assert (await anna.lists())["waiting"][0]["agent_name"] == "Omar Haddad"
    assert said(await anna.post(held.id, "Hej då")) == (409, "not_your_conversation")
    taken = await omar.take(held.id)
    assert taken.json()["status"]["agent_name"] == "Omar Haddad"
    notes = (await omar.http.get(f"/api/desk/conversations/{held.id}/notes")).json()["notes"]
    assert [note["text"] for note in notes] == ["Gäller altanen."]
    again = await anna.transfer(held.id, "omar", "Gäller altanen.", move_id)
    assert again.status_code == 200
    assert (await status(held))["agent_name"] == "Omar Haddad"


async def test_a_colleague_who_declines_leaves_it_first_in_the_queue(
    gateway: Gateway, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    later = await Citizen.start(gateway.http)
    await later.move("hand_off")
    await omar.lists()
    await anna.transfer(held.id, "omar")
    assert (await status(held))["queue_place"] == 1
    declined = await omar.move(held.id, "decline")
    assert declined.json()["status"]["state"] == "waiting"
    assert [(await status(one))["queue_place"] for one in (held, later)] == [1, 2]
    assert (await anna.next()).json()["conversation_id"] == held.id


@pytest.mark.parametrize("to", ["anna", "ellen", "nn"])
async def test_nothing_is_transferred_to_who_is_no_colleague(
    held: Citizen, anna: AgentClient, to: str
) -> None:
    assert said(await anna.transfer(held.id, to)) == (404, "agent_not_found")


async def test_a_colleague_without_room_is_spared(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    await omar.presence("rast")
    refused = await anna.transfer(held.id, "omar")
    assert said(refused) == (409, "no_capacity")
    assert "Rast" in refused.json()["text"]
    assert (await status(held))["state"] == "active"


async def test_next_gives_the_oldest_and_nothing_when_nobody_waits(
    gateway: Gateway, anna: AgentClient
) -> None:
    citizens = [await Citizen.start(gateway.http) for _ in range(2)]
    for citizen in citizens:
        await citizen.move("hand_off")
    for citizen in citizens:
        taken = (await anna.next()).json()
        assert taken["conversation_id"] == citizen.id
        assert taken["status"]["state"] == "active"
    assert (await anna.next()).json() == {"conversation_id": None, "status": None}


async def test_the_list_says_what_one_does_and_how_much_room_there_is(
    held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    presence = (await anna.lists())["presence"]
    assert (presence["status"], presence["limit"], presence["held"]) == ("chatt", 4, 1)
    changed = (await anna.presence("telefon")).json()
    assert (changed["status"], changed["limit"]) == ("telefon", 1)
    assert said(await anna.presence("fika")) == (422, "invalid_request")
    found = (await omar.http.get("/api/desk/colleagues")).json()["colleagues"]
    by_name = {one["username"]: one for one in found}
    assert list(by_name) == ["anna", "maja", "omar"]
    assert (by_name["anna"]["status"], by_name["anna"]["held"]) == ("telefon", 1)


async def test_nothing_that_a_person_held_ends_without_an_outcome(
    held: Citizen, anna: AgentClient
) -> None:
    ended = await held.move("close")
    assert ended.json()["status"]["state"] == "wrap_up"
    assert (await anna.lists())["mine"][0]["state"] == "wrap_up"
    wrong = await anna.close(held.id, cause="finns-inte")
    assert said(wrong) == (422, "invalid_request") and wrong.json()["fields"] == ["cause"]
    closed = await anna.close(held.id, resolution="overlamnad")
    assert closed.json()["status"]["state"] == "closed"
    assert (await anna.lists())["mine"] == []


async def test_nor_is_anything_given_back_to_the_bot_without_one(
    held: Citizen, anna: AgentClient
) -> None:
    refused = await anna.move(held.id, "return_to_bot")
    assert said(refused) == (422, "invalid_request") and refused.json()["fields"] == ["move"]
    move_id = str(uuid4())
    for _ in range(2):
        back = await anna.close(held.id, move_id, to="bot", resolution="hanvisad")
        assert back.json()["status"]["state"] == "bot"
    assert (await anna.open(held.id)).status_code == 404
    await held.move("close")
    assert "assistenten" in (await held.news())["events"][-2]["text"]


async def test_what_is_on_hold_is_not_given_back_to_the_bot(
    held: Citizen, anna: AgentClient
) -> None:
    await anna.move(held.id, "hold")
    assert said(await anna.return_to_bot(held.id)) == (409, "move_not_allowed")
    assert (await status(held))["state"] == "on_hold"


async def test_a_follow_up_is_promised_at_the_close_and_a_repeat_tells_of_it_again(
    held: Citizen, anna: AgentClient
) -> None:
    follow_up = {"errand_id": str(uuid4()), "text": "Kollar med bygglov.", "contact": None}
    move_id = str(uuid4())
    closed = (await anna.close(held.id, move_id, follow_up=follow_up)).json()
    assert closed["errand"]["owner"] == "Anna Berg"
    assert closed["errand"]["reference"] in (await held.news())["events"][-3]["text"]
    assert (await anna.close(held.id, move_id, follow_up=follow_up)).json() == closed
    assert (await anna.lists())["errands"]["open"] == 1


@pytest.mark.parametrize("contact", ["19811218-9876", "4111 1111 1111 1111", "ring i morgon"])
async def test_what_is_no_way_to_reach_somebody_is_not_kept_at_the_close(
    held: Citizen, anna: AgentClient, contact: str
) -> None:
    follow_up = {"errand_id": str(uuid4()), "text": "Kollar med bygglov.", "contact": contact}
    refused = await anna.close(held.id, follow_up=follow_up)
    assert said(refused) == (422, "contact_unusable")
    assert (await status(held))["state"] == "active"


async def test_a_repeated_close_tells_of_no_other_conversations_errand(
    gateway: Gateway, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    follow_up = {"errand_id": str(uuid4()), "text": "Kollar med bygglov.", "contact": "031-390100"}
    assert (await anna.close(held.id, follow_up=follow_up)).is_success
    other, move_id = await Citizen.start(gateway.http), str(uuid4())
    await other.move("hand_off")
    await omar.take(other.id)
    assert (await omar.close(other.id, move_id)).is_success
    again = await omar.close(other.id, move_id, follow_up={**follow_up, "text": "Ringer."})
    assert said(again) == (409, "id_reused")


async def test_an_errands_id_is_not_used_twice(
    gateway: Gateway, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    follow_up = {"errand_id": str(uuid4()), "text": "Kollar med bygglov.", "contact": None}
    assert (await anna.close(held.id, follow_up=follow_up)).is_success
    other = await Citizen.start(gateway.http)
    await other.move("hand_off")
    await omar.take(other.id)
    assert said(await omar.close(other.id, follow_up=follow_up)) == (409, "id_reused")
    assert (await status(other))["state"] == "active"


async def test_what_the_outcome_probably_is_is_proposed(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("altan")
    await citizen.until_answered()
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    closing = (await anna.http.get(f"/api/desk/conversations/{citizen.id}/closing")).json()
    assert closing["proposal"]["errand_type"] == "bygglov"
    assert closing["proposal"]["cause"] in {one["id"] for one in closing["causes"]}
    assert [one["id"] for one in closing["resolutions"]] == [
        *("lost", "overlamnad", "hanvisad", "ej_lost")
    ]
    assert (await anna.close(citizen.id, **closing["proposal"])).is_success


@pytest.mark.parametrize("ended", ["wrap_up", "closed"])
async def test_the_citizen_can_go_on_with_a_person_for_a_while(
    held: Citizen, anna: AgentClient, ended: str
) -> None:
    await held.move("close")
    if ended == "closed":
        await anna.close(held.id)
    assert (await status(held))["can_reopen"]
    reopened = (await held.move("reopen")).json()["status"]
    assert reopened["state"] == {"wrap_up": "active", "closed": "waiting"}[ended]
    await held.say("En sak till.")
    await anna.take(held.id)
    opened = (await anna.open(held.id)).json()
    assert texts(opened["events"])[-1] == "En sak till."
    assert_whole(opened["events"])


async def test_who_was_never_with_a_person_goes_back_to_the_bot_only(citizen: Citizen) -> None:
    await citizen.move("close")
    assert not (await status(citizen))["can_reopen"]
    refused = await citizen.move("reopen")
    assert said(refused) == (409, "move_not_allowed")
    assert refused.json()["allowed"] == ["resume"]


SECRET = "Hon låter stressad."


@pytest.fixture
async def noted(held: Citizen, anna: AgentClient, omar: AgentClient) -> Citizen:
    """A conversation with everything that agents can write to each other."""
    path = f"/api/desk/conversations/{held.id}/notes"
    for kind in ("note", "whisper"):
        body = {"note_id": str(uuid4()), "text": SECRET, "kind": kind}
        assert (await anna.http.post(path, json=body)).status_code == 201
        assert (await anna.http.post(path, json=body)).status_code == 200
    await omar.lists()
    await anna.transfer(held.id, "omar", SECRET)
    return held


async def test_what_agents_write_to_each_other_never_reaches_the_citizen(
    gateway: Gateway, noted: Citizen, anna: AgentClient
) -> None:
    everything = [
        (await noted.news()),
        (await noted.create()).text,
        (await noted.move("leave_queue")).text,
        (await noted.news()),
    ]
    assert SECRET not in str(everything)
    async with noted.socket(gateway.socket_url) as socket:
        assert SECRET not in str(await socket.recv())
    notes = await anna.http.get(f"/api/desk/conversations/{noted.id}/notes")
    assert notes.status_code == 404, "nor an agent when it is the bot's again"


async def test_a_notes_id_brings_out_nothing_of_another_conversation(
    gateway: Gateway, held: Citizen, anna: AgentClient, omar: AgentClient
) -> None:
    path = "/api/desk/conversations/{}/notes"
    note = {"note_id": str(uuid4()), "text": SECRET, "kind": "note"}
    assert (await anna.http.post(path.format(held.id), json=note)).status_code == 201
    other = await Citizen.start(gateway.http)
    await other.move("hand_off")
    await omar.take(other.id)
    await anna.lists()
    again = await omar.http.post(path.format(other.id), json={**note, "text": "Altan."})
    assert said(again) == (409, "id_reused")
    handed_on = await omar.transfer(other.id, "anna", "Altan.", note["note_id"])
    assert said(handed_on) == (409, "id_reused")
    assert (await status(other))["state"] == "active"


async def test_notes_do_not_count_as_an_answer(held: Citizen, anna: AgentClient) -> None:
    await held.say("Hallå?")
    body = {"note_id": str(uuid4()), "text": SECRET, "kind": "note"}
    await anna.http.post(f"/api/desk/conversations/{held.id}/notes", json=body)
    line = (await anna.lists())["mine"][0]
    assert (line["last_from"], line["last_text"]) == ("citizen", "Hallå?")
    assert line["waiting_since"] is not None and line["notes"] == 1


async def test_danger_while_one_waits_gives_the_numbers_at_once(
    gateway: Gateway, anna: AgentClient
) -> None:
    calm, citizen = await Citizen.start(gateway.http), await Citizen.start(gateway.http)
    for one in (calm, citizen):
        await one.move("hand_off")
    await citizen.say("det brinner")
    told = (await citizen.news())["events"][-1]
    assert (told["actor"], told["decision"]["outcome"]) == ("system", "emergency")
    assert told["decision"]["phones"] == [{"label": "SOS Alarm", "number": "112"}]
    assert (await status(citizen))["queue_place"] == 1
    assert (await anna.next()).json()["conversation_id"] == citizen.id


async def test_after_a_logout_nothing_more_can_be_transferred_to_one(
    gateway: Gateway, anna: AgentClient, omar: AgentClient
) -> None:
    await anna.lists()
    await anna.http.post("/api/desk/logout")
    found = (await omar.http.get("/api/desk/colleagues")).json()["colleagues"]
    assert not next(one for one in found if one["username"] == "anna")["online"]
    other = await Citizen.start(gateway.http)
    await other.move("hand_off")
    await omar.take(other.id)
    assert said(await omar.transfer(other.id, "anna")) == (404, "agent_not_found")


async def test_the_type_is_proposed_from_what_the_bot_found_where_it_only_asked_back(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("oklart")
    await citizen.until_answered()
    await citizen.move("hand_off")
    await anna.take(citizen.id)
    path = f"/api/desk/conversations/{citizen.id}/closing"
    closing = (await anna.http.get(path)).json()
    assert closing["proposal"]["errand_type"] == "bygglov"

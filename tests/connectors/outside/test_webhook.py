import asyncio
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.outside.connector import Parcel, Verdict, answer_of_status
from connectors.outside.posting import Poster
from connectors.outside.webhook import SIGNATURE, TIMESTAMP, Webhook, sign, verify
from tests.support.outside import LOOPBACK, NOON, SECRET, Receiver, message, web_receiver
from tests.support.site_server import redirect, running_site


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with web_receiver() as receiver:
        yield receiver


def opened(port: int, poster: Poster | None = None) -> Webhook:
    url = f"http://127.0.0.1:{port}/kommunbot"
    return Webhook(url, SECRET, poster or Poster(LOOPBACK), lambda: NOON)


async def test_a_receiver_can_tell_that_it_is_us(receiver: Receiver) -> None:
    await opened(receiver.port).deliver(Parcel(uuid4(), message(text="Hej på dig, åäö")))
    (got,) = receiver.got
    headers = httpx.Headers(got.headers)
    assert verify(SECRET, headers, got.body, NOON)
    assert headers["content-type"] == "application/json"
    assert not verify("y" * 43, headers, got.body, NOON)
    assert not verify(SECRET, headers, got.body + b" ", NOON)
    assert not verify(SECRET, {}, got.body, NOON)


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (4, True), (-4, True), (6, False)])
async def test_a_recorded_request_is_worth_nothing_later(minutes: int, fresh: bool) -> None:
    headers = {TIMESTAMP: str(int(NOON.timestamp())), SIGNATURE: ""}
    headers[SIGNATURE] = sign(SECRET, headers[TIMESTAMP], b"{}")
    assert verify(SECRET, headers, b"{}", NOON + timedelta(minutes=minutes)) is fresh


@given(headers=st.dictionaries(st.sampled_from([TIMESTAMP, SIGNATURE]), st.text()))
def test_no_header_can_make_verification_fail_other_than_by_saying_no(
    headers: dict[str, str],
) -> None:
    assert not verify(SECRET, headers, b"{}", NOON)


async def test_the_body_is_the_same_at_every_try(receiver: Receiver) -> None:
    parcel = Parcel(uuid4(), message(text="hej"))
    for _ in range(2):
        await opened(receiver.port).deliver(parcel)
    assert receiver.got[0].body == receiver.got[1].body


async def test_an_address_of_our_own_network_is_not_asked(receiver: Receiver) -> None:
    answer = await opened(receiver.port, Poster()).deliver(Parcel(uuid4(), message()))
    assert (answer.verdict, answer.said) == (Verdict.AGAIN, "private_address")
    assert not receiver.got


async def test_a_public_name_that_leads_to_our_own_network_is_not_asked(
    receiver: Receiver,
) -> None:
    poster = Poster(resolve_name=lambda _host, _port: ["127.0.0.1"])
    webhook = Webhook(f"http://arenden.example:{receiver.port}/", SECRET, poster)
    answer = await webhook.deliver(Parcel(uuid4(), message()))
    assert answer.said == "private_address"
    assert not receiver.got


async def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    with running_site() as site:
        site.pages["/kommunbot"] = redirect(f"http://127.0.0.1:{receiver.port}/", 307)
        answer = await opened(site.port).deliver(Parcel(uuid4(), message()))
    assert answer.verdict is Verdict.AGAIN
    assert not receiver.got


async def test_a_receiver_that_hangs_is_given_up_and_keeps_nobody_waiting() -> None:
    with web_receiver(gate_open=False) as receiver:
        webhook = opened(receiver.port, Poster(LOOPBACK, seconds=0.2))
        hanging = [webhook.deliver(Parcel(uuid4(), message())) for _ in range(40)]
        answers = await asyncio.gather(*hanging)
    assert {answer.verdict for answer in answers} == {Verdict.AGAIN}


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, Verdict.DELIVERED),
        (204, Verdict.DELIVERED),
        (302, Verdict.AGAIN),
        (400, Verdict.REFUSED),
        (404, Verdict.REFUSED),
        (408, Verdict.AGAIN),
        (410, Verdict.REFUSED),
        (429, Verdict.AGAIN),
        (500, Verdict.AGAIN),
        (503, Verdict.AGAIN),
    ],
)
def test_a_status_says_whether_to_try_again(status: int, verdict: Verdict) -> None:
    assert answer_of_status(status).verdict is verdict

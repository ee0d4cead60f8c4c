"""Passwords, tokens and limits."""

import re

import pytest

from connectors.auth.limits import LoginLimit
from connectors.auth.passwords import hash_password, verify_password
from connectors.auth.tokens import BITS_256, hash_token, new_token, same_hash


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_password_fits_only_its_own_hash() -> None:
    stored = hash_password("rätt häst")
    assert await verify_password(stored, "rätt häst")
    assert not await verify_password(stored, "fel häst")
    assert not await verify_password("no hash at all", "rätt häst")


async def test_an_unknown_name_has_no_password_that_fits() -> None:
    assert not await verify_password(None, "nobody")


def test_a_new_token_has_the_form_that_is_asked_of_citizens_secrets() -> None:
    one, other = new_token(), new_token()
    assert one != other
    assert re.fullmatch(BITS_256, one)
    assert same_hash(hash_token(one), hash_token(one))
    assert not same_hash(hash_token(one), hash_token(other))


def test_the_sixth_try_has_to_wait_until_the_first_failure_is_old() -> None:
    clock = Clock()
    limit = LoginLimit(failures=5, window_s=60, clock=clock)
    for _ in range(5):
        assert limit.wait_s("anna", "1.2.3.4") == 0
        limit.failed("anna", "1.2.3.4")
        clock.now += 1
    assert limit.wait_s("anna", "1.2.3.4") == 55
    clock.now = 61
    assert limit.wait_s("anna", "1.2.3.4") == 0


@pytest.mark.parametrize(("username", "address"), [("omar", "1.2.3.4"), ("anna", "5.6.7.8")])
def test_others_are_not_kept_waiting(username: str, address: str) -> None:
    limit = LoginLimit(failures=1)
    limit.failed("anna", "1.2.3.4")
    assert limit.wait_s(username, address) == 0


def test_an_address_has_twenty_tries_for_all_names_and_a_login_gives_none_back() -> None:
    limit = LoginLimit()
    for number in range(20):
        assert limit.wait_s("anna", "1.2.3.4") == 0
        limit.failed(f"made up {number}", "1.2.3.4")
        limit.succeeded("anna", "1.2.3.4")
    assert limit.wait_s("anna", "1.2.3.4") > 0
    assert limit.wait_s("anna", "5.6.7.8") == 0


def test_a_login_that_succeeds_forgets_the_failures() -> None:
    limit = LoginLimit(failures=1)
    limit.failed("anna", "1.2.3.4")
    limit.succeeded("anna", "1.2.3.4")
    assert limit.wait_s("anna", "1.2.3.4") == 0

"""Fixtures for every test."""

from hypothesis import HealthCheck, settings

from tests.support.fixtures import (
    anna,
    citizen,
    database_url,
    gateway,
    logins,
    maja,
    omar,
    postgres_server,
    postgres_template,
    postgres_url,
    prepared_postgres_url,
    prepared_sqlite_url,
    prepared_url,
    sqlite_template,
    sqlite_url,
)
from tests.support.system import system

__all__ = [
    "anna",
    "citizen",
    "database_url",
    "gateway",
    "logins",
    "maja",
    "omar",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "prepared_postgres_url",
    "prepared_sqlite_url",
    "prepared_url",
    "sqlite_template",
    "sqlite_url",
    "system",
]

# A busy machine is no fault of the code: time is measured by benchmarks.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

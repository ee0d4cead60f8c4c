"""The same desk as for the tests of the queue."""

from tests.connectors.queue.conftest import anna, omar, services

__all__ = ["anna", "omar", "services"]

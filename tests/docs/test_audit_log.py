"""The page of the audit log tells every action and every column."""

from connectors.audit.model import Action
from connectors.storage.record_tables import AuditRow
from tests.docs.reading import column, page, section, table


def test_every_action_is_told_in_its_order() -> None:
    rows = table(section(page("reference/audit-log.md"), "## Actions"))
    assert column(rows) == [action.value for action in Action]
    assert all(row[1] for row in rows)


def test_every_column_is_told() -> None:
    rows = table(section(page("reference/audit-log.md"), "## A row"))
    assert column(rows) == AuditRow.__table__.columns.keys()

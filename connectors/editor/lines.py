"""The lists of the editors' page: a line for each entry and for each file."""

from collections import Counter

from bot.errors import ContentError
from bot.faq.checking.model import Content
from bot.faq.editing import national_block
from bot.faq.files import FaqFiles
from bot.faq.model import Entry
from bot.faq.repository import BEGINS_WITH
from bot.yaml_files import mapping_of
from connectors.editor.model import EntryLine, FileLine


def line_of(
    entry: Entry, content: Content, counts: Counter[str | None], files: FaqFiles
) -> EntryLine:
    """Return what the list shows of an entry.

    Args:
        counts: the number of findings by entry.
    """
    place = content.faq.places[entry.id]
    national = files.is_national(place.path)
    return EntryLine(
        id=entry.id,
        question=entry.question,
        topic=entry.topic,
        topic_title=entry.topic_title,
        owner=entry.owner,
        reviewed=entry.reviewed,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        risk=entry.risk,
        scope=entry.scope,
        audience=entry.audience,
        file=str(place.path.relative_to(files.folder)),
        line=place.line,
        national=national,
        overridden=not national and _in_pack(files, entry.id),
        hidden=entry.hidden,
        findings=counts[entry.id],
        text="\n".join((*entry.variants, entry.answer, *entry.steps)),
    )


def _in_pack(files: FaqFiles, entry_id: str) -> bool:
    return national_block(files, entry_id) is not None


def file_lines(files: FaqFiles) -> list[FileLine]:
    """Return a line for each file that can be read."""
    found = []
    for path in sorted(files.texts):
        try:
            head = mapping_of(files.texts[path], path, BEGINS_WITH)
        except (ContentError, ValueError):
            continue
        found.append(
            FileLine(
                path=str(path.relative_to(files.folder)),
                topic=str(head.get("amne", "")),
                title=str(head.get("rubrik", "")),
                owner=str(head.get("agare", "")),
                national=files.is_national(path),
            )
        )
    return found

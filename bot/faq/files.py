"""The FAQ's files as values: as they lie on disk, or as they would after an edit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import ContentError
from bot.yaml_files import read_text

NATIONAL = "nationell"  # the folder of the answers that hold in the whole country


@dataclass(frozen=True)
class FaqFiles:
    """The text of every file of an FAQ, by path.

    Files in the folder `nationell` are a pack: an entry outside it with the same id overrides
    what the pack says.
    """

    folder: Path
    texts: Mapping[Path, str]

    @classmethod
    def read(cls, data_dir: Path) -> "FaqFiles":
        """Read every `.yml` below `data_dir`/faq.

        Raises:
            ContentError: files are not saved as UTF-8; one line each.
        """
        folder, texts, faults = data_dir / "faq", dict[Path, str](), list[str]()
        for path in sorted(folder.rglob("*.yml")):
            try:
                texts[path] = read_text(path)
            except ContentError as error:
                faults.append(str(error))
        if faults:
            raise ContentError("\n".join(faults))
        return cls(folder, texts)

    def replacing(self, path: Path, text: str | None) -> "FaqFiles":
        """Return these files with `text` in the place of what stood in `path`; None removes it."""
        texts = {kept: old for kept, old in self.texts.items() if kept != path}
        return replace(self, texts=texts if text is None else {**texts, path: text})

    def national(self) -> Iterator[tuple[Path, str]]:
        """Return the files of the national pack, by path."""
        return ((path, self.texts[path]) for path in sorted(self.texts) if self.is_national(path))

    def local(self) -> Iterator[tuple[Path, str]]:
        """Return the municipality's own files, by path."""
        return (
            (path, self.texts[path]) for path in sorted(self.texts) if not self.is_national(path)
        )

    def is_national(self, path: Path) -> bool:
        return self.folder / NATIONAL in path.parents

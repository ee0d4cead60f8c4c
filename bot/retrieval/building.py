"""Building the index from the content, in a process that keeps its language model loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.encoders.model import Encoder
from bot.errors import SearchIndexError
from bot.faq.model import Entry
from bot.retrieval.documents import entry_document, page_documents
from bot.retrieval.index import Index
from bot.retrieval.live import LiveSearch
from bot.retrieval.model import Built
from bot.retrieval.store import (
    FORMAT,
    content_hash,
    current,
    index_before,
    put_in_use,
    read_manifest,
    require_fresh,
)
from bot.retrieval.vectors import texts_of
from bot.retrieval.wording import Wording
from bot.settings import Settings


@dataclass(frozen=True)
class IndexBuilder:
    """Makes an index of entries and of the web pages below `data_dir`, and puts it in use."""

    data_dir: Path
    site_url: str
    index_dir: Path
    encoder: Encoder
    crawl_file: Path | None = None
    live: LiveSearch | None = None

    @classmethod
    def of(
        cls, settings: Settings, encoder: Encoder, live: LiveSearch | None = None
    ) -> "IndexBuilder":
        """Build for the content, the site and the index that `settings` name.

        Args:
            live: answers in this process; it is given each new index before that is told of.
        """
        return cls(
            settings.data_dir,
            settings.site_url,
            settings.index_dir,
            encoder,
            settings.crawl_file,
            live,
        )

    def is_fresh(self) -> bool:
        """Tell whether the index in use was built from the content on disk, with this encoder."""
        try:
            require_fresh(self.index_dir, self.data_dir, self.site_url, self.crawl_file)
            manifest = read_manifest(current(self.index_dir))
        except SearchIndexError:
            return False
        return (manifest.format, manifest.encoder) == (FORMAT, self.encoder.id)

    def __call__(
        self,
        entries: Sequence[Entry],
        *,
        total: Callable[[int], None] = lambda _: None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Built:
        """Build; only texts that the index in use does not know are encoded.

        Args:
            total: told how many texts there are.
            progress: told how many texts were just encoded.

        Raises:
            ContentError: pages or everyday words cannot be read, or there is nothing to index.
            CrawlError: what was crawled cannot be read.
        """
        built_from = content_hash(self.data_dir, self.site_url, self.crawl_file)
        own = (entry_document(entry, self.site_url) for entry in entries)
        pages = page_documents(self.data_dir, self.site_url, self.crawl_file)
        documents = (*own, *pages)
        total(
            len({(kind, t) for d in documents for kind, ts in enumerate(texts_of(d)) for t in ts})
        )
        index = Index.build(
            documents,
            self.encoder,
            wording=Wording.load(self.data_dir),
            before=self._before(),
            progress=progress,
        )
        folder = put_in_use(index, self.encoder, self.index_dir, built_from)
        if self.live:
            self.live.take(index, read_manifest(folder))
        return Built(folder, built_from, len(documents))

    def _before(self) -> Index | None:
        in_memory = self.live.newest() if self.live else None
        return in_memory or index_before(self.index_dir, self.encoder)

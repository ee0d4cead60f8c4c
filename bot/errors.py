"""What can go wrong in `bot`, said so that the reader can mend it.

KommunbotError
├── SettingError        a setting is wrong
├── ContentError        an editor's file is wrong (Swedish: editors read it)
├── EncoderError        a language model is missing or unusable
├── FetchError          something was not fetched (bot.pages.fetching)
├── CrawlError          the site cannot be crawled, or its crawl not read (bot.pages.crawling)
├── LanguageModelError  the Swedish pipeline is missing or unusable (bot.language.swedish)
└── SearchIndexError
    ├── IndexMissing    nothing has been built
    ├── IndexDamaged    a file is missing or does not match its checksum
    ├── IndexStale      built from other content than what lies on disk now
    └── IndexMismatch   built with another encoder than the one in use
"""


class KommunbotError(Exception):
    """The base of every error that a person is meant to read."""


class SettingError(KommunbotError):
    """A setting has a value that cannot be used."""


class ContentError(KommunbotError):
    """Content that editors keep is wrong; says file, line and what to do, in Swedish."""


class EncoderError(KommunbotError):
    """A language model is missing or cannot be loaded."""


class SearchIndexError(KommunbotError):
    """The search index cannot be used."""


class IndexMissing(SearchIndexError):
    """No index has been built."""


class IndexDamaged(SearchIndexError):
    """A file of the index is missing or does not match its checksum."""


class IndexStale(SearchIndexError):
    """The index was built from other content than what is on disk."""


class IndexMismatch(SearchIndexError):
    """The index was built with another encoder than the one in use."""

"""What the assistant tells of itself, gathered anew each time from what runs and what is decided.

A file that is missing or wrong takes away its own part and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.about.measured import LiveMeasured, Measured
from bot.about.repository import LiveOwn
from bot.about.running import Content, LiveContent, LiveRouting, models
from bot.answering.model import Versions
from bot.answering.policy import AnswerPolicy
from bot.masking.model import Kind
from bot.opening_hours.model import STOCKHOLM
from bot.settings import Settings
from bot.texts import LANGUAGES, WARNED, Texts
from connectors.conversation.thinking import Thinker
from connectors.now import utc_now
from connectors.outside.targets import Target
from connectors.widget.about.keeping import load_keeping
from connectors.widget.about.model import About, Language, Software, Thresholds
from connectors.widget.plain.pages import Templates

PAGE = "om-assistenten.html"


@dataclass(frozen=True)
class Running:
    """What of the process is told of."""

    version: str  # of the program
    thinker: Thinker
    targets: Sequence[Target]

    def told_others(self) -> tuple[str, ...]:
        """Return the connections that get what somebody wrote."""
        return tuple(one.id for one in self.targets if one.on and one.has_text)


class AboutService:
    """Answers what the assistant is, on a page and as JSON."""

    def __init__(
        self, settings: Settings, texts: Texts, templates: Templates, running: Running
    ) -> None:
        """Read nothing but the policy, which holds from start to stop.

        Raises:
            ContentError: `data/policy.yml` cannot be used.
        """
        self._texts, self._templates, self._running = texts, templates, running
        self._data_dir: Path = settings.data_dir
        self._thresholds = Thresholds.of(AnswerPolicy.load(settings.data_dir))
        self._own, self._measured = LiveOwn(settings.data_dir), LiveMeasured(settings.data_dir)
        self._content = LiveContent(settings.index_dir)
        self._routing = LiveRouting(settings.rasa_model)

    async def now(self) -> About:
        return await run_in_threadpool(self._gather, utc_now())

    async def show(self) -> Response:
        return self._templates.draw(PAGE, {"about": await self.now()})

    def _gather(self, now: datetime) -> About:
        versions, measured = self._running.thinker.versions(), self._measured.get()
        municipality, today = self._texts["contact_municipality"], now.astimezone(STOCKHOLM).date()
        return About(
            municipality=municipality,
            software=Software(version=self._running.version),
            own=self._own.get(),
            languages=self._languages(),
            models=models(versions.encoder, self._routing.get()),
            confidence=versions.policy,
            content=_of_index(self._content.get(), versions),
            thresholds=self._thresholds,
            quality=measured,
            quality_is_current=measured is not None and _is_current(measured, versions),
            masked=tuple(Kind),
            keeping=load_keeping(self._data_dir, now),
            told_others=self._running.told_others(),
            dated=today,
        )

    def _languages(self) -> tuple[Language, ...]:
        """Return the languages whose texts are there."""
        known = [one for one in (*LANGUAGES, *WARNED) if self._texts.warning(one).language == one]
        return tuple(
            Language(code=one, name=self._texts[f"language_{one}"], warned=one in WARNED)
            for one in known
        )


def _of_index(content: Content | None, versions: Versions) -> Content | None:
    """Tell of the index only where it is the one that answers."""
    return content if content and content.index == versions.index else None


def _is_current(measured: Measured, versions: Versions) -> bool:
    return (measured.encoder, measured.confidence) == (versions.encoder, versions.policy)

"""What of `bot` the gateway keeps loaded."""

from dataclasses import dataclass

from bot.gaps.asking import Asking
from bot.settings import Settings
from connectors.conversation.thinking import Thinker
from connectors.editor.model import Previewer
from connectors.editor.publishing import Builder


@dataclass(frozen=True)
class Mind:
    """What thinks, builds and previews.

    `thinker` answers when Rasa does not. Without `build` nothing can be published, without
    `previewer` nothing is told of what an edit changes, without `asking` nothing of what is
    asked for in vain.
    """

    thinker: Thinker
    build: Builder | None = None
    previewer: Previewer | None = None
    asking: Asking | None = None


def open_mind(settings: Settings) -> Mind:
    """Load the search, once for answers, publishing and previews.

    Raises:
        KommunbotError: texts, staff, rules or the encoder cannot be loaded.
    """
    # Their libraries take seconds to load: only once the port is ours, and never without need.
    from bot.answering.assistant import Assistant  # noqa: PLC0415  # takes seconds to load
    from bot.encoders import create_encoder  # noqa: PLC0415  # takes seconds to load
    from bot.gaps.assistant_asking import AssistantAsking  # noqa: PLC0415  # takes seconds to load
    from bot.preview.service import Previewer  # noqa: PLC0415  # takes seconds to load
    from bot.retrieval.building import IndexBuilder  # noqa: PLC0415  # takes seconds to load
    from bot.retrieval.live import LiveSearch  # noqa: PLC0415  # takes seconds to load

    encoder = create_encoder(settings.encoder)
    live = LiveSearch(settings.index_dir, encoder)
    assistant = Assistant.open(settings, encoder, live)
    return Mind(
        thinker=assistant,
        build=IndexBuilder.of(settings, encoder, live),
        previewer=Previewer(assistant, settings.data_dir, settings.site_url),
        asking=AssistantAsking(assistant),
    )

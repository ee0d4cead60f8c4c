"""Building what the processes need: the index and Rasa's model."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from bot.encoders import create_encoder
from bot.errors import KommunbotError
from bot.faq.repository import load_faq
from bot.retrieval.building import IndexBuilder
from bot.settings import Settings
from connectors.cli.environment import training_environment


class TrainingFailed(KommunbotError):
    """Rasa could not be trained."""


def index_is_fresh(settings: Settings) -> bool:
    """Tell whether the index in use was built from today's content with today's encoder."""
    return _builder(settings).is_fresh()


def build_index(
    settings: Settings, total: Callable[[int], None], progress: Callable[[int], None]
) -> tuple[Path, int]:
    """Build the index from the content on disk.

    Returns:
        its folder, and how many documents it holds.

    Raises:
        ContentError: an editor's file is wrong; the index in use is left as it was.
    """
    entries = load_faq(settings.data_dir)
    built = _builder(settings)(entries, total=total, progress=progress)
    return built.folder, built.documents


def _builder(settings: Settings) -> IndexBuilder:
    return IndexBuilder.of(settings, create_encoder(settings.encoder))


def train_rasa(settings: Settings) -> None:
    """Train Rasa; the model file is replaced only when the training succeeded.

    Raises:
        TrainingFailed: Rasa's environment is missing, or Rasa refused the data.
        ContentError: `data/policy.yml`, which says when a person is called, cannot be used.
    """
    rasa = settings.rasa_venv / "bin" / "rasa"
    if not rasa.exists():
        raise TrainingFailed(f"{rasa} is missing. Run `make setup`.")
    arguments = ["train", "--config", "config.yml", "--domain", "domain.yml"]
    arguments += ["--data", str(settings.data_dir / "nlu"), str(settings.data_dir / "rules")]
    arguments += ["--out", str(settings.rasa_model.parent)]
    arguments += ["--fixed-model-name", settings.rasa_model.name.removesuffix(".tar.gz")]
    done = subprocess.run([rasa, *arguments], env=training_environment(settings), check=False)  # noqa: S603  # our own command
    if done.returncode != 0:
        raise TrainingFailed("Rasa refused the training data; the lines above say where.")

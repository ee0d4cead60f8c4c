"""Building what the processes need: the index and Rasa's model."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from bot.encoders import create_encoder
from bot.errors import KommunbotError, SearchIndexError
from bot.retrieval.documents import load_documents
from bot.retrieval.store import build, content_hash, current, read_manifest, require_fresh
from bot.retrieval.vectors import texts_of
from bot.retrieval.wording import Wording
from bot.settings import Settings
from connectors.cli.environment import rasa_environment


class TrainingFailed(KommunbotError):
    """Rasa could not be trained."""


def index_is_fresh(settings: Settings) -> bool:
    """Tell whether the index in use was built from today's content with today's encoder."""
    try:
        require_fresh(settings.index_dir, settings.data_dir, settings.site_url)
        made_with = read_manifest(current(settings.index_dir)).encoder
    except SearchIndexError:
        return False
    return made_with == create_encoder(settings.encoder).id


def build_index(
    settings: Settings, total: Callable[[int], None], progress: Callable[[int], None]
) -> tuple[Path, int]:
    """Build the index from the content on disk.

    Returns:
        its folder, and how many documents it holds.

    Raises:
        ContentError: an editor's file is wrong; the index in use is left as it was.
    """
    built_from = content_hash(settings.data_dir, settings.site_url)
    documents = load_documents(settings.data_dir, settings.site_url)
    total(len({(kind, t) for d in documents for kind, ts in enumerate(texts_of(d)) for t in ts}))
    encoder = create_encoder(settings.encoder)
    wording = Wording.load(settings.data_dir)
    folder = build(
        documents, encoder, settings.index_dir, built_from, wording=wording, progress=progress
    )
    return folder, len(documents)


def train_rasa(settings: Settings) -> None:
    """Train Rasa; the model file is replaced only when the training succeeded.

    Raises:
        TrainingFailed: Rasa's environment is missing, or Rasa refused the data.
    """
    rasa = settings.rasa_venv / "bin" / "rasa"
    if not rasa.exists():
        raise TrainingFailed(f"{rasa} is missing. Run `make setup`.")
    arguments = ["train", "--config", "config.yml", "--domain", "domain.yml"]
    arguments += ["--data", str(settings.data_dir / "nlu"), str(settings.data_dir / "rules")]
    arguments += ["--out", str(settings.rasa_model.parent)]
    arguments += ["--fixed-model-name", settings.rasa_model.name.removesuffix(".tar.gz")]
    done = subprocess.run([rasa, *arguments], env=rasa_environment(settings), check=False)  # noqa: S603  # our own command
    if done.returncode != 0:
        raise TrainingFailed("Rasa refused the training data; the lines above say where.")

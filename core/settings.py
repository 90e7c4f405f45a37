"""Settings of one process, read from the environment or `.env`; a wrong one stops the start with one sentence."""

from decimal import Decimal
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from core.errors import ConfigurationError
from core.secret_files import SecretFiles

_DEMO_SECRET = "demo-only-secret-never-used-in-production"  # noqa: S105 - refused outside the demo
_WHERE = "in the environment, in .env or in SECRETS_DIR"


Address = Annotated[str, AfterValidator(lambda address: address.rstrip("/"))]
"""An address to which paths are joined."""


class Profile(StrEnum):
    """Demo runs on one computer without any key; production refuses to start half configured."""

    DEMO = "demo"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Every setting of the product; names in the environment are the same in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True
    )

    hub_profile: Profile = Field(Profile.DEMO, description="`demo` (this computer only, no keys) or `production`")
    hub_host: str = Field("127.0.0.1", description="address to listen on; the demo accepts loopback only")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8000, description="port of the pages and the API")
    city: str = Field("legnica", pattern=r"^[a-z_]+$", description="city pack: a folder of `CITY_PACKS`")
    city_packs: Path = Field(Path("content/city"), description="folder of the city packs")
    public_url: Address = Field("", description="address under which residents reach the service (production)")
    var_dir: Path = Field(Path(".var"), description="folder for the model, the demo database and other state")
    secrets_dir: Path | None = Field(
        None, description="folder with settings as files, such as `secret_key`; the environment goes before them"
    )
    database_url: str = Field("", description="SQLite or PostgreSQL; empty in the demo: a file in `VAR_DIR`")
    redis_url: str = Field("", description="Redis or Valkey; empty in the demo: kept inside the process")
    nlu_url: str = Field(
        "", description="addresses of `hub nlu serve` or of Rasa servers, by commas; empty: a supervised child process"
    )
    nlu_token: SecretStr = Field(
        SecretStr(""), description="token of those servers; `hub nlu serve` asks for it, at least 32 random characters"
    )
    nlu_listen: str = Field(
        "127.0.0.1:5005", description="address and port on which `hub nlu serve` listens, not public"
    )
    nlu_python: Path = Field(
        Path("nlu/rasa/.venv/bin/python"), description="Python 3.10 interpreter of the Rasa environment"
    )
    nlu_standby: bool = Field(
        False, description="keep a second Rasa process warm (about 750 MB more); it takes over when the first one dies"
    )
    secret_key: SecretStr = Field(SecretStr(_DEMO_SECRET), description="at least 32 random characters (production)")
    encryption_keys: SecretStr = Field(
        SecretStr(_DEMO_SECRET),
        description="keys that seal addresses, by commas, the newest first; at least 32 random characters (production)",
    )
    gios_api_base: str = Field("https://api.gios.gov.pl/pjp-api", description="address of the GIOŚ air-quality API")
    eipa_export_base: str = Field(
        "https://eipa.udt.gov.pl/reader/export-data", description="address of EIPA's files of chargers"
    )
    eipa_token: SecretStr = Field(
        SecretStr(""), description="token of the city's account in EIPA; empty: the chargers of the city pack only"
    )
    city_rss_url: str = Field("", description="address of the city's RSS news; empty: none")
    map_tiles_url: str = Field("", description="address of map squares with {z}, {x} and {y}; empty: no maps")
    map_attribution: str = Field("", description="whose the map is, may end with an address")
    widget_origins: str = Field("", description="other sites that may show the widget, by commas")
    telegram_bot_token: SecretStr = Field(SecretStr(""), description="token of the Telegram bot; empty: no Telegram")
    telegram_api_base: Address = Field(
        "https://api.telegram.org", description="address of the Telegram Bot API, or of a stand-in on loopback"
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="`polling` (one process asks for messages) or `webhook` (Telegram calls `PUBLIC_URL`)"
    )
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="secret that Telegram sends with each webhook call (webhook mode)"
    )
    telegram_bot_name: str = Field("", description="name of the bot as residents find it, such as @miasto_bot")
    twilio_account_sid: str = Field("", description="Twilio account of the city's SMS; empty: no SMS")
    twilio_auth_token: SecretStr = Field(SecretStr(""), description="auth token of that account; it signs the webhooks")
    twilio_api_base: Address = Field(
        "https://api.twilio.com", description="address of Twilio, or of a stand-in on loopback"
    )
    twilio_from: str = Field("", description="number or name that SMS come from")
    twilio_messaging_service_sid: str = Field("", description="Twilio messaging service, instead of `TWILIO_FROM`")
    sms_price: Annotated[Decimal, Field(gt=0)] = Field(
        Decimal("0.20"), description="price of one part of an SMS in PLN, as in the contract with the provider"
    )
    sms_daily_cap: Annotated[Decimal, Field(ge=0)] = Field(
        Decimal(2000), description="most PLN spent on SMS in a day; what is above waits for the next day"
    )
    sms_parts_per_second: Annotated[float, Field(gt=0)] = Field(
        10, description="parts of SMS a second that the sender's number carries"
    )
    sms_per_number_a_day: Annotated[int, Field(ge=1)] = Field(10, description="most SMS to one number in 24 hours")
    sms_per_range_an_hour: Annotated[int, Field(ge=1)] = Field(
        60, description="most SMS an hour to ten thousand neighbouring numbers (against abuse of the sign-up)"
    )
    smtp_host: str = Field("", description="the city's mail server, for notices to staff; empty: no e-mail")
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = Field(587, description="port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="`starttls`, `tls`, or `none` for a server on the same machine"
    )
    smtp_user: str = Field("", description="user name at the mail server; empty: no log-in")
    smtp_password: SecretStr = Field(SecretStr(""), description="password of that user")
    smtp_from: str = Field("", description="address that notices to staff come from")
    staff_emails: str = Field("", description="addresses of staff on duty, by commas")
    staff_telegram_chat: str = Field(
        "", description="id of the Telegram chat of staff on duty, which the bot answers to /id; empty: none"
    )
    chat_per_minute: int = Field(
        60, ge=0, description="chat messages a minute from one address, 0 = no limit; the demo has none"
    )
    transcript_days: int = Field(
        90, ge=1, description="days after its last message that a conversation is kept, until the panel says otherwise"
    )
    handoff_days: int = Field(
        90,
        ge=1,
        description="days that a message left for the office is kept after its end, until the panel says otherwise",
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="addresses of your own proxies, by commas; only they may name the caller's address"
    )
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        0, description="port of each process on which it says how it is: `/metrics` and `/health/live`; 0 = none"
    )
    metrics_host: str = Field("127.0.0.1", description="address of that port; in containers `0.0.0.0`, never public")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="token for `/metrics` on `PORT`; empty: only this machine may read it there"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="least level that is logged")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours names the setting when it fails
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, the strongest first."""
        return init_settings, env_settings, dotenv_settings, SecretFiles(settings_cls)

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo on one computer."""
        return self.hub_profile is Profile.DEMO

    @property
    def database(self) -> str:
        """Address of the database, the demo's own file when none is set."""
        return self.database_url or f"sqlite:///{self.var_dir / 'hub.db'}"

    @property
    def pages_url(self) -> str:
        """Address of the pages, that on this computer when there is no public one."""
        return self.public_url or f"http://{self.hub_host}:{self.port}"

    @property
    def encryption_key_list(self) -> list[str]:
        """Keys that seal addresses, the newest first."""
        return [key for key in self.encryption_keys.get_secret_value().split(",") if key]

    @property
    def nlu_urls(self) -> list[str]:
        """Addresses of the servers of the language model; none: a supervised child process."""
        return [url.strip() for url in self.nlu_url.split(",") if url.strip()]

    @property
    def chat_limit(self) -> int:
        """Chat messages a minute from one address; 0 = no limit."""
        return 0 if self.is_demo else self.chat_per_minute

    @model_validator(mode="after")
    def _complete(self) -> Self:
        problem = self._demo_problem() if self.is_demo else self._production_problem()
        if self.telegram_mode == "webhook" and not self.telegram_webhook_secret.get_secret_value():
            problem = problem or "TELEGRAM_WEBHOOK_SECRET is missing: set it, or TELEGRAM_MODE=polling"
        if bool(self.twilio_account_sid) != bool(self.twilio_auth_token.get_secret_value()):
            problem = problem or "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN belong together: set both or none"
        if self.twilio_account_sid and not (self.twilio_from or self.twilio_messaging_service_sid):
            problem = problem or "TWILIO_FROM is missing: set the number SMS come from, or TWILIO_MESSAGING_SERVICE_SID"
        if self.smtp_host and not (self.smtp_from and self.staff_emails):
            problem = problem or "SMTP_FROM and STAFF_EMAILS are missing: set who notices come from and go to"
        if self.nlu_url and not self.nlu_token.get_secret_value():
            problem = "NLU_TOKEN is missing: set the token of the servers named in NLU_URL"
        if not all(_is_address(url, "http", "https") for url in self.nlu_urls):
            problem = problem or "NLU_URL is wrong: write each address as http://host:port, by commas"
        if self.redis_url and not _is_address(self.redis_url, "redis", "rediss", "unix"):
            problem = problem or (
                "REDIS_URL is wrong: write redis://:password@host:6379/0, with TLS rediss://…, "
                "and in the password %2F for /, %23 for #, %3F for ?"
            )
        if problem:
            raise ValueError(problem)
        return self

    def _demo_problem(self) -> str | None:
        if not is_loopback(self.metrics_host):
            return "METRICS_HOST must be a loopback address in the demo: use 127.0.0.1"
        if not is_loopback(self.hub_host):
            return "HUB_HOST must be a loopback address in the demo: use 127.0.0.1, or set HUB_PROFILE=production"
        if self.telegram_bot_token.get_secret_value() and not _is_loopback_url(self.telegram_api_base):
            return (
                "TELEGRAM_BOT_TOKEN is set, but the demo never speaks to the real Telegram: "
                "set TELEGRAM_API_BASE to a stand-in on loopback, or HUB_PROFILE=production"
            )
        if self.twilio_account_sid and not _is_loopback_url(self.twilio_api_base):
            return (
                "TWILIO_ACCOUNT_SID is set, but the demo never speaks to the real Twilio: "
                "set TWILIO_API_BASE to a stand-in on loopback, or HUB_PROFILE=production"
            )
        return None

    def _production_problem(self) -> str | None:
        secret = self.secret_key.get_secret_value()
        if secret == _DEMO_SECRET or len(secret) < 32:
            return "SECRET_KEY is missing or too short: set at least 32 random characters"
        if _DEMO_SECRET in self.encryption_key_list or any(len(key) < 32 for key in self.encryption_key_list or [""]):
            return "ENCRYPTION_KEYS is missing or too short: set at least one key of 32 random characters"
        if not _is_address(self.public_url, "https"):
            return "PUBLIC_URL is missing: set the https:// address under which residents reach the service"
        if not self.database_url:
            return "DATABASE_URL is missing: set postgresql://user:password@host/name"
        if not self.redis_url:
            return "REDIS_URL is missing: set redis://host:6379/0"
        return None


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        ConfigurationError: a setting is missing or wrong; the message names it and says what to do.
    """
    try:
        return Settings()
    except UnicodeDecodeError as error:
        raise ConfigurationError("The file .env is no UTF-8 text: save it as UTF-8.") from error
    except ValidationError as error:
        first = error.errors()[0]
        if first["loc"]:
            name = str(first["loc"][0]).upper()
            message = f"The setting {name} is wrong ({first['msg'].replace('Input', 'it')}): correct it {_WHERE}."
        else:
            message = f"{first['msg'].removeprefix('Value error, ')} ({_WHERE})."
        raise ConfigurationError(message) from error


def _is_address(url: str, *schemes: str) -> bool:
    """Whether it can be read as an address of one of the schemes, with a host and a port that is a number."""
    try:
        parts = urlsplit(url)
        return parts.scheme in schemes and bool(parts.hostname or parts.scheme == "unix") and parts.port != 0
    except ValueError:
        return False


def _is_loopback_url(url: str) -> bool:
    return is_loopback(urlsplit(url).hostname or "")


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches an address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False

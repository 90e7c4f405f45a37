"""Settings read from files, one a setting, so that secrets stand in no environment (Docker, systemd)."""

from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from core.errors import ConfigurationError

FOLDER = "secrets_dir"
"""The setting that names the folder."""


class SecretFiles(PydanticBaseSettingsSource):
    """Reads each setting from the file of its name in lower case, in the folder that sources before it named.

    Other files of the folder are left alone: it may hold secrets of the database, too.
    """

    def __call__(self) -> dict[str, str]:
        """Return the settings that have a file; raise `ConfigurationError` when one of them cannot be used."""
        named = self.current_state.get(FOLDER)
        if not named:
            return {}
        folder = Path(named)
        if not folder.is_dir():
            message = f"SECRETS_DIR names {folder}, which is no folder: make it, or unset SECRETS_DIR."
            raise ConfigurationError(message)
        names = [name for name in self.settings_cls.model_fields if name not in {FOLDER, *self.current_state}]
        return {name: value for name in names if (value := _read(folder / name)) is not None}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - inherited
        """Return nothing: the settings are read together."""
        return None, field_name, False


def _read(path: Path) -> str | None:
    """Return what the file holds, None when there is none."""
    setting = path.name.upper()
    try:
        value = path.read_text(encoding="utf-8-sig").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = (
            f"{setting} cannot be read from the file {path} ({error.strerror}): let the user of this process read it."
        )
        raise ConfigurationError(message) from error
    except UnicodeDecodeError as error:
        message = f"{setting} cannot be read from the file {path}: it is no UTF-8 text."
        raise ConfigurationError(message) from error
    if not value:
        message = f"{setting} is empty in the file {path}: write the value into it, or delete the file."
        raise ConfigurationError(message)
    return value

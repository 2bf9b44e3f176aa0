"""Settings given as files: ``SECRET_KEY_FILE=/run/secrets/key`` stands for ``SECRET_KEY``."""

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource


class SecretFiles(PydanticBaseSettingsSource):
    """Reads ``NAME_FILE`` for every setting ``NAME``."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the file's text without its last line end, or nothing.

        :raises OSError: the file that was named cannot be read.
        """
        path = os.environ.get(f"{field_name}_FILE")
        value = Path(path).read_text(encoding="utf-8").rstrip("\n") if path else None
        return value, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return all settings that were given as files."""
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in found.items() if value is not None}

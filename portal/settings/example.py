"""``.env.example``, made from the typed settings: ``python -m portal.settings.example``."""

import sys
import textwrap

from pydantic.fields import FieldInfo

from portal.settings.env import Env

HEADER = """\
# Every setting of Yardmaster, made by `make fix` from portal/settings.
# Copy it to .env (chmod 600) for development; in production set the environment.
# Any NAME may be given as NAME_FILE, the path of a file that holds the value.
"""


def example_text() -> str:
    """Return the file's text: the required settings first, the others commented out."""
    needed_first = sorted(Env.model_fields.items(), key=lambda one: not one[1].is_required())
    return HEADER + "".join(_lines(name, field) for name, field in needed_first)


def _lines(name: str, field: FieldInfo) -> str:
    about = textwrap.fill(
        field.description or "", width=98, initial_indent="# ", subsequent_indent="# "
    )
    if field.is_required():
        return f"\n{about}\n{name}=\n"
    default = field.get_default(call_default_factory=True, validated_data={})
    text = (
        ",".join(default)
        if isinstance(default, list)
        else ("" if default is None else str(default))
    )
    return f"\n{about}\n#{name}={text}\n"


if __name__ == "__main__":
    sys.stdout.write(example_text())

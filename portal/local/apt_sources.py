"""Which Debian mirror this machine's apt uses, read from its own sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ETC_APT = Path("/etc/apt")
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
# Only Debian's own suites: a line of another distribution or vendor has no package `odoo-19`.
_BY_ROLE = {"oldoldstable", "oldstable", "stable", "testing", "unstable", "sid"}
_BY_NAME = {"buster", "bullseye", "bookworm", "trixie", "forky", "duke"}
DEBIAN_SUITES = _BY_ROLE | _BY_NAME
_ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^\]]*)\]\s+)?(?P<uri>\S+)\s+(?P<rest>.+)$")


@dataclass(frozen=True)
class Source:
    """One place that apt takes packages from."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str = ""

    @property
    def is_debian(self) -> bool:
        """True for Debian's main archive; its security archive does not carry whole suites."""
        return "main" in self.components and not DEBIAN_SUITES.isdisjoint(self.suites)


def parse_one_line(text: str) -> list[Source]:
    """Read the sources of a ``.list`` file."""
    return [
        Source(
            uri=found["uri"],
            suites=tuple(found["rest"].split()[:1]),
            components=tuple(found["rest"].split()[1:]),
            signed_by=_option(found["options"] or "", "signed-by"),
        )
        for line in text.splitlines()
        if (found := _ONE_LINE.match(line.partition("#")[0].strip()))
    ]


def parse_deb822(text: str) -> list[Source]:
    """Read the sources of a ``.sources`` file."""
    found = []
    for fields in _stanzas(text):
        if "deb" not in fields.get("types", "").split() or fields.get("enabled") == "no":
            continue
        signed_by = fields.get("signed-by", "")
        found += [
            Source(
                uri=uri,
                suites=tuple(fields.get("suites", "").split()),
                components=tuple(fields.get("components", "").split()),
                signed_by=signed_by if signed_by.startswith("/") else "",  # not a key in the text
            )
            for uri in fields.get("uris", "").split()
        ]
    return found


def machine_sources(etc: Path = ETC_APT) -> list[Source]:
    """Return everything that this machine's apt takes packages from."""
    found = []
    for path in (etc / "sources.list", *sorted((etc / "sources.list.d").glob("*.list"))):
        if path.is_file():
            found += parse_one_line(path.read_text())
    for path in sorted((etc / "sources.list.d").glob("*.sources")):
        found += parse_deb822(path.read_text())
    return found


def debian_mirror(sources: list[Source]) -> Source | None:
    """Return the first of ``sources`` that is a whole Debian archive."""
    return next((source for source in sources if source.is_debian), None)


def sid_line(mirror: Source) -> str:
    """Return the line that names the suite sid on ``mirror``, signed by Debian's archive keys."""
    keyring = next((str(path) for path in KEYRINGS if path.exists()), mirror.signed_by)
    options = f"[signed-by={keyring}] " if keyring else ""  # else apt's own trusted keys
    return f"deb {options}{mirror.uri} sid main\n"


def _option(options: str, name: str) -> str:
    for option in options.split():
        key, _, value = option.partition("=")
        if key.lower() == name:
            return value
    return ""


def _stanzas(text: str) -> Iterator[dict[str, str]]:
    for stanza in re.split(r"\n\s*\n", text):
        fields: dict[str, str] = {}
        key = ""
        for line in stanza.splitlines():
            if line.startswith("#"):
                continue
            if line[:1].isspace():
                fields[key] = f"{fields.get(key, '')} {line.strip()}"
            else:
                key, _, value = line.partition(":")
                key = key.strip().lower()
                fields[key] = value.strip()
        yield fields

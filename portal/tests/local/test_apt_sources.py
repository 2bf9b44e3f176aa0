from portal.local import apt_sources
from portal.local.apt_sources import Source, debian_mirror, parse_deb822, parse_one_line

ONE_LINE = """\
# deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/vendor.gpg] https://vendor.example/apt stable tools
deb-src http://mirror.example/debian bookworm main
deb http://mirror.example/debian-security bookworm-security main
deb [ signed-by=/etc/debian.gpg ] http://mirror.example/debian bookworm main contrib # ours
"""
DEB822 = """\
# made by the installer
Types: deb deb-src
URIs: http://mirror.example/debian http://other.example/debian
Suites: trixie trixie-updates
Components: main
 non-free-firmware
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://off.example/debian
Suites: trixie
Components: main
Enabled: no

Types: deb
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 -----END PGP PUBLIC KEY BLOCK-----
"""


def test_reads_the_one_line_form():
    sources = parse_one_line(ONE_LINE)

    assert [source.uri for source in sources] == [
        "https://vendor.example/apt",
        "http://mirror.example/debian-security",
        "http://mirror.example/debian",
    ]
    assert sources[0].signed_by == "/usr/share/keyrings/vendor.gpg"


def test_options_may_have_spaces_around_them():
    assert debian_mirror(parse_one_line(ONE_LINE)) == Source(
        uri="http://mirror.example/debian",
        suites=("bookworm",),
        components=("main", "contrib"),
        signed_by="/etc/debian.gpg",
    )


def test_reads_the_stanza_form_with_several_addresses_and_continued_lines():
    first, second, security = parse_deb822(DEB822)

    assert first == Source(
        uri="http://mirror.example/debian",
        suites=("trixie", "trixie-updates"),
        components=("main", "non-free-firmware"),
        signed_by="/usr/share/keyrings/debian-archive-keyring.gpg",
    )
    assert second.uri == "http://other.example/debian"
    assert (security.uri, security.signed_by) == ("http://mirror.example/debian-security", "")


def test_a_machine_without_debian_has_no_mirror():
    vendor = parse_one_line("deb https://vendor.example/apt nodistro main")
    ubuntu = parse_one_line("deb http://archive.example/ubuntu noble main")

    assert debian_mirror(vendor + ubuntu) is None


def test_reads_all_files_of_the_machine(tmp_path):
    parts = tmp_path / "sources.list.d"
    parts.mkdir()
    (tmp_path / "sources.list").write_text("deb http://a.example/debian bookworm main\n")
    (parts / "b.list").write_text("deb http://b.example/debian bookworm main\n")
    (parts / "c.sources").write_text(DEB822)
    (parts / "d.sources.disabled").write_text(DEB822)

    uris = [source.uri for source in apt_sources.machine_sources(tmp_path)]

    assert uris[:2] == ["http://a.example/debian", "http://b.example/debian"]
    assert len(uris) == 5


def test_names_sid_with_the_keyring_of_debian(tmp_path, monkeypatch):
    keyring = tmp_path / "debian.gpg"
    mirror = Source(uri="http://mirror.example/debian", suites=(), components=())
    monkeypatch.setattr(apt_sources, "KEYRINGS", (keyring,))

    assert apt_sources.sid_line(mirror) == "deb http://mirror.example/debian sid main\n"

    keyring.touch()
    line = f"deb [signed-by={keyring}] http://mirror.example/debian sid main\n"
    assert apt_sources.sid_line(mirror) == line

"""The environment: read once, typed, and refused in one sentence when it is not complete."""

import json
import logging
import os
import string
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from pydantic import ValidationError

from portal.settings.env import Env, refuse_readable_dotenv, sentence  # noqa: TID251
from portal.settings.logs import logging_config, mask_event, mask_phone_numbers  # noqa: TID251

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "only-for-this-test-" + string.ascii_letters,
    "DATABASE_URL": "postgres://u:p@db/yardmaster",
    "REDIS_URL": "redis://cache/0",
    "PUBLIC_URL": "https://portal.example.com",
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
}


@pytest.fixture
def environment(monkeypatch):
    """Set exactly these variables of ours: ``environment(SECRET_KEY=None)`` leaves one out."""

    def settle(**changes):
        for name in [*Env.model_fields, *(f"{name}_FILE" for name in Env.model_fields)]:
            monkeypatch.delenv(name, raising=False)
        for name, value in {**GOOD, **changes}.items():
            if value is not None:
                monkeypatch.setenv(name, value)

    return settle


def refusal():
    with pytest.raises(ValidationError) as caught:
        Env(_env_file=None)
    return sentence(caught.value.errors(include_url=False))


def test_a_complete_environment_is_accepted_and_typed(environment):
    environment(ALLOWED_HOSTS="a.example, b.example", TRUSTED_PROXIES="1")

    env = Env(_env_file=None)

    assert env.ALLOWED_HOSTS == ["a.example", "b.example"]
    assert env.TRUSTED_PROXIES == 1
    assert env.DEPLOYMENT == "production"


def test_a_provider_of_texts_is_set_up_whole(environment):
    environment(TEXT_PROVIDER="quo", QUO_API_KEY="a-key", QUO_FROM="PN1")

    assert Env(_env_file=None).TEXT_PROVIDER == "quo"


def test_every_missing_setting_is_named_at_once(environment):
    environment(SECRET_KEY=None, REDIS_URL=None)

    words = refusal()

    assert "SECRET_KEY: is missing" in words
    assert "REDIS_URL: is missing" in words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "at least 50 characters"),
        ("DATABASE_URL", "mysql://x/y", "should match pattern"),
        ("PUBLIC_URL", "https://portal.example.com/", "should match pattern"),
        ("PUBLIC_URL", "http://portal.example.com", "must start with https://"),
        ("ENCRYPTION_KEYS", "abc", "is not url-safe base64"),
        ("ENCRYPTION_KEYS", "YWJj", "must be 32 bytes"),
        ("BUSINESS_TIME_ZONE", "Kentucky", "is no time zone name"),
        ("ODOO_URL", "https://odoo.example.com", "ODOO_DB is missing"),
        ("ODOO_DB", "odoo", "ODOO_URL is missing"),
        ("QUO_WEBHOOK_KEY", "whsec_not base64", "copy it from Quo again"),
        ("TWILIO_ACCOUNT_SID", "AC" + "0" * 32, "TWILIO_AUTH_TOKEN is missing"),
        ("TWILIO_AUTH_TOKEN", "0" * 32, "TWILIO_ACCOUNT_SID is missing"),
        ("TEXT_PROVIDER", "quo", "QUO_API_KEY is missing"),
        ("TEXT_PROVIDER", "pigeon", "Input should be"),
        ("DELIVERY_ORIGIN_LATITUDE", "38.4", "DELIVERY_ORIGIN_LONGITUDE is missing"),
        ("DELIVERY_ORIGIN_LONGITUDE", "-82.6", "DELIVERY_ORIGIN_LATITUDE is missing"),
        ("GEOCODERS", "census,sextant", "Input should be"),
        ("MAP_TILES_URL", "https://tiles.example.com/a.png", "should match pattern"),
        ("OUTBOX_LEASE_SECONDS", "100", "must be over ODOO_WRITE_TIMEOUT + 10"),
        ("ODOO_READ_TIMEOUT", "140", "OUTBOX_LEASE_SECONDS must be over ODOO_READ_TIMEOUT + 10"),
        ("OUTBOX_MAX_INFLIGHT_SECONDS", "20", "must not be under ODOO_WRITE_TIMEOUT"),
        ("LOG_LEVEL", "LOUD", "should match pattern"),
        ("TRUSTED_PROXIES", "many", "valid integer"),
    ],
)
def test_a_bad_value_is_refused_by_name_without_repeating_it(environment, name, value, words):
    environment(**{name: value})

    said = refusal()

    assert name in said
    assert words in said


def test_a_setting_may_be_mounted_as_a_file(environment, monkeypatch, tmp_path):
    environment(SECRET_KEY=None)
    (tmp_path / "key").write_text("k" * 60 + "\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    assert Env(_env_file=None).SECRET_KEY == "k" * 60


def test_a_dotenv_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / ".env"
    refuse_readable_dotenv(file)
    file.write_text("SECRET_KEY=x")
    file.chmod(0o644)

    with pytest.raises(PermissionError, match=r"Run: chmod 600 \.env"):
        refuse_readable_dotenv(file)

    file.chmod(0o600)
    refuse_readable_dotenv(file)


def start(**changes):
    """Start Django in a process of its own and return what it answers."""
    env = {
        **os.environ,
        **GOOD,
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        **changes,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={name: value for name, value in env.items() if value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_production_passes_django_s_own_deployment_check():
    answer = start(TRUSTED_PROXIES="1", DATABASE_POOL="true")

    assert answer.returncode == 0, answer.stderr


def test_a_dotenv_that_others_can_read_stops_the_start(tmp_path):
    code = (
        "import pathlib, portal.settings.env as env, runpy\n"
        f"env.refuse_readable_dotenv.__defaults__ = (pathlib.Path({str(tmp_path / '.env')!r}),)\n"
        "import portal.settings.base"
    )
    (tmp_path / ".env").write_text("")
    (tmp_path / ".env").chmod(0o644)

    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert answer.stderr.strip() == ".env can be read by others. Run: chmod 600 .env"


def test_the_example_file_is_printed_for_make_fix():
    answer = subprocess.run(
        [sys.executable, "-m", "portal.settings.example"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == (ROOT / ".env.example").read_text()


SHOW_THE_POOL = """
import portal.wsgi
from django.conf import settings
print(bool(portal.wsgi.application), settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"])
"""


def test_the_web_server_s_entry_keeps_a_pool(monkeypatch):
    answer = subprocess.run(  # noqa: S603 - our own words
        [
            sys.executable,
            "-c",
            SHOW_THE_POOL,
        ],
        cwd=ROOT,
        env={**os.environ, **GOOD, "DJANGO_SETTINGS_MODULE": "portal.settings.base"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == "True 16"


def test_the_start_is_refused_with_one_sentence():
    answer = start(SECRET_KEY="")

    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        "Settings are not complete. SECRET_KEY: is missing. See .env.example."
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("text from +16065550123 came", "text from …23 came"),
        ("call (606) 555-0123.", "call …23."),
        ("606.555.0123", "…23"),
        ("order 12345", "order 12345"),
        ("3f2b9c64-5717-4562-b3fc-2c963f66afa6", "3f2b9c64-5717-4562-b3fc-2c963f66afa6"),
        ("took 0.012345 s", "took 0.012345 s"),
    ],
)
def test_telephone_numbers_are_masked_and_other_numbers_are_not(text, masked):
    assert mask_phone_numbers(text) == masked


def test_the_secret_of_odoos_webhooks_is_masked():
    secret = "8Zq3-long-secret"
    lines = [
        mask_event(None, "warning", {"event": f"Not Found: /webhook/odoo/{secret}"}),
        mask_event(None, "info", {"request": f"POST /webhook/odoo/{secret}?x=1"}),
    ]

    assert secret not in str(lines)
    assert lines[1]["request"] == "POST /webhook/odoo/…?x=1"


def test_the_link_of_a_delivery_is_masked():
    event = {"event": "Not Found: /t/mM3_x-Y7Qk2vB9cT4nR8aw/photo/3f2b9c64"}
    assert mask_event(None, "warning", event)["event"] == "Not Found: /t/…"


def line_of(logger, level, message, *args, exc_info=None):
    formatter = dict(logging_config(level="INFO")["formatters"]["json"])
    record = logging.LogRecord(logger, level, __file__, 1, message, args, exc_info)
    return json.loads(formatter.pop("()")(**formatter).format(record))


def test_a_log_line_is_json_without_telephone_numbers():
    line = line_of("portal", logging.WARNING, "no answer from %s", "+16065550123")

    assert line["event"] == "no answer from …23"
    assert line["level"] == "warning"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    ("level", "logger", "with_traceback"),
    [
        (logging.WARNING, "django.request", False),
        (logging.ERROR, "django.request", True),
        (logging.WARNING, "portal", True),
    ],
)
def test_a_refused_request_is_one_line_without_traceback(level, logger, with_traceback):
    error = (PermissionDenied, PermissionDenied(), None)

    line = line_of(logger, level, "Forbidden: %s", "/board/", exc_info=error)

    assert line["event"] == "Forbidden: /board/"
    assert ("exception" in line) is with_traceback


def test_what_was_searched_for_stands_in_no_log():
    line = {"request": "GET /inbox/?show=open&q=(603)+555-0142&page=2"}

    assert mask_event(None, "info", line)["request"] == "GET /inbox/?show=open&q=…&page=2"

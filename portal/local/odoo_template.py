"""The Odoo database that all others are copied from: made once, never opened by the server."""

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import psycopg

from portal.local import cluster, postgres
from portal.local.locks import file_lock
from portal.local.odoo_config import (
    HOME,
    MODULES,
    TEMPLATE,
    command,
    environment,
    filestore,
    write_config,
)
from portal.local.odoo_package import HOME as PACKAGE_HOME
from portal.local.odoo_package import OdooNotAvailable, OdooPackage
from portal.local.paths import LOGS
from portal.local.postgres import ODOO_ROLE, Postgres
from portal.local.progress import say

ADMIN_KEY = HOME / "admin.key"
UNFINISHED = f"{TEMPLATE}_new"
# No expiry: the template is kept for months, and an admin may have such a key.
MAKE_KEY = """
keys = env["res.users.apikeys"].with_user(env.ref("base.user_admin"))
print("KEY=" + keys._generate("rpc", "yardmaster run-it-here", None))
env.cr.commit()
"""


def ensure_template(package: OdooPackage, server: Postgres) -> str:
    """Make the template database unless it is there. Returns the admin's API key in it.

    :raises OdooNotAvailable: Odoo did not manage; its log says why.
    """
    label = _label(package)
    with file_lock(HOME / "template.lock"):
        if ADMIN_KEY.exists() and postgres.database_comment(TEMPLATE) == label:
            return ADMIN_KEY.read_text()
        _remove(TEMPLATE)
        _remove(UNFINISHED)
        kept = PACKAGE_HOME / "templates" / label
        if not (kept.exists() and _restore(kept)):
            say("making Odoo's template database: once on this machine, about two minutes")
            _build(package, server)
            _keep(kept)
        if filestore(UNFINISHED).exists():
            filestore(UNFINISHED).rename(filestore(TEMPLATE))
        # Last, and in one step: a database of that name is a finished one.
        postgres.finish_template(UNFINISHED, TEMPLATE, comment=label)
    return ADMIN_KEY.read_text()


def _label(package: OdooPackage) -> str:
    """Return a name for what is in it: another Odoo or module list is another template."""
    recipe = hashlib.sha256(f"{MODULES}\n{MAKE_KEY}".encode()).hexdigest()[:12]
    return f"{package.version}-{recipe}"


def _remove(database: str) -> None:
    postgres.drop_database(database)
    shutil.rmtree(filestore(database), ignore_errors=True)


def _build(package: OdooPackage, server: Postgres) -> None:
    postgres.create_database(UNFINISHED, owner=ODOO_ROLE)
    config = write_config("template", package, server)
    options: list[str | Path] = ["-c", config, "-d", UNFINISHED, "--no-http"]
    install = ["-i", MODULES, "--with-demo", "--stop-after-init", "--log-level=warn"]
    _odoo(package, *options, *install)
    answer = _odoo(package, "shell", *options, "--log-level=warn", script=MAKE_KEY)
    _write_key(answer.rpartition("KEY=")[2].split()[0])


def _odoo(package: OdooPackage, *words: str | Path, script: str = "") -> str:
    log = LOGS / "odoo-template.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as errors:
        done = subprocess.run(
            command(package, *words),
            cwd=package.code,
            # Nothing is lost if this database is: it is made again.
            env={**environment(package), "PGOPTIONS": "-c synchronous_commit=off"},
            input=script.encode(),
            stdout=subprocess.PIPE,
            stderr=errors,
            check=False,
        )
    if done.returncode != 0:
        raise OdooNotAvailable(f"it could not make its database, see {log}")
    return done.stdout.decode()


def _write_key(key: str) -> None:
    ADMIN_KEY.parent.mkdir(parents=True, exist_ok=True)
    ADMIN_KEY.touch(mode=0o600)
    ADMIN_KEY.chmod(0o600)
    ADMIN_KEY.write_text(key)


def _keep(kept: Path) -> None:
    """Keep a dump of the new template for the next set-up on this machine."""
    unfinished = kept.with_name(f".{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    dump: list[str | Path] = [cluster.binary("pg_dump"), "-Fc", "-Z1"]
    dump += ["-d", postgres.CLUSTER.url(UNFINISHED), "-f", unfinished / "database.dump"]
    subprocess.run(dump, check=True)
    with tarfile.open(unfinished / "filestore.tar", "w") as archive:
        archive.add(filestore(UNFINISHED), arcname=".")
    shutil.copy2(ADMIN_KEY, unfinished / "admin.key")
    try:
        unfinished.rename(kept)
    except OSError:  # another checkout was faster
        shutil.rmtree(unfinished)


def _restore(kept: Path) -> bool:
    """Make the unfinished template from a dump. False if the dump is of no use; it is removed."""
    restore: list[str | Path] = [cluster.binary("pg_restore"), "-j", str(os.cpu_count() or 1)]
    restore += ["--exit-on-error", "-d", postgres.CLUSTER.url(UNFINISHED), kept / "database.dump"]
    relaxed = {**os.environ, "PGOPTIONS": "-c synchronous_commit=off"}
    say("restoring Odoo's template database")
    try:
        postgres.create_database(UNFINISHED, owner=ODOO_ROLE)
        subprocess.run(restore, check=True, env=relaxed)
        with tarfile.open(kept / "filestore.tar") as archive:
            # Debian's Python 3.11.2 has no filters yet; the archive is our own.
            archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _to: member)
            archive.extractall(filestore(UNFINISHED))  # noqa: S202
        _write_key((kept / "admin.key").read_text())
    except (OSError, subprocess.CalledProcessError, tarfile.TarError, psycopg.Error) as exc:
        say(f"the kept copy of the template is of no use ({exc})")
        shutil.rmtree(kept, ignore_errors=True)
        _remove(UNFINISHED)
        return False
    return True

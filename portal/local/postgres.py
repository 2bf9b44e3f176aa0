"""This checkout's PostgreSQL: its roles, and databases that come and go."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from portal.local import cluster
from portal.local.paths import STATE
from portal.local.ports import HOST

PORTAL_ROLE = "yardmaster"
ODOO_ROLE = "odoo"  # Odoo refuses to work as the role postgres

CLUSTER = cluster.Cluster(name="postgres", state=STATE)


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server that answers."""

    host: str
    port: int

    def url_for(self, database: str, *, role: str = PORTAL_ROLE) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{role}@{self.host}:{self.port}/{database}"


def ensure_running() -> Postgres:
    """Return this checkout's PostgreSQL, started if need be, with its roles.

    :raises NotReady: it does not start.
    """
    cluster.ensure_running(CLUSTER)
    with _as_superuser() as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {PORTAL_ROLE, ODOO_ROLE} - known:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(role))
            )
    return Postgres(host=HOST, port=CLUSTER.port)


def stop() -> bool:
    """Stop it. False if it did not run."""
    return cluster.stop(CLUSTER)


def portal_database_url(name: str = "yardmaster") -> str:
    """Return the portal's database: ``DATABASE_URL`` if given, else ours, made if need be."""
    if given := os.environ.get("DATABASE_URL"):
        return given
    server = ensure_running()
    if not database_exists(name):
        create_database(name)
    return server.url_for(name)


def database_exists(name: str) -> bool:
    """Say whether there is a database ``name``."""
    with _as_superuser() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def databases() -> list[str]:
    """Return the names of all databases, PostgreSQL's own apart."""
    with _as_superuser() as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database"
            " WHERE datname NOT IN ('postgres', 'template0', 'template1') ORDER BY datname"
        )
        return [name for (name,) in rows]


@contextmanager
def tablespace(name: str, place: Path) -> Iterator[str]:
    """Let databases live in another folder while the block runs; they must be gone at its end."""
    known = sql.Identifier(name)
    with _as_superuser() as connection:
        connection.execute(
            sql.SQL("CREATE TABLESPACE {} OWNER {} LOCATION {}").format(
                known, sql.Identifier(PORTAL_ROLE), sql.Literal(str(place))
            )
        )
    try:
        yield name
    finally:
        with _as_superuser() as connection:
            connection.execute(sql.SQL("DROP TABLESPACE {}").format(known))


def create_database(
    name: str,
    *,
    template: str | None = None,
    owner: str = PORTAL_ROLE,
    tablespace: str | None = None,
) -> None:
    """Make a database, empty or as a copy of ``template``, which nobody may be connected to."""
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template or "template0")
    )
    if template:
        # Copying files beats writing each page to the log as soon as a database is not tiny.
        statement += sql.SQL(" STRATEGY FILE_COPY")
    if tablespace:
        statement += sql.SQL(" TABLESPACE {}").format(sql.Identifier(tablespace))
    with _as_superuser() as connection:
        connection.execute(statement)


def drop_database(name: str, *, force: bool = True) -> None:
    """Remove a database if it exists; ``force`` ends the connections to it first."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    if force:
        statement += sql.SQL(" WITH (FORCE)")
    with _as_superuser() as connection:
        connection.execute(statement)


def database_comment(name: str) -> str | None:
    """Return what was said about a database, or None if it is not there."""
    with _as_superuser() as connection:
        row = connection.execute(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
            " WHERE datname = %s",
            [name],
        ).fetchone()
    return str(row[0]) if row else None


def finish_template(unfinished: str, name: str, *, comment: str = "") -> None:
    """Give a database its name as a template: it can be copied, and nobody can open it."""
    end_connections(unfinished)
    with _as_superuser() as connection, connection.transaction():
        for statement in (
            sql.SQL("ALTER DATABASE {old} ALLOW_CONNECTIONS false"),
            sql.SQL("ALTER DATABASE {old} RENAME TO {new}"),
            sql.SQL("COMMENT ON DATABASE {new} IS {comment}"),
        ):
            connection.execute(
                statement.format(
                    old=sql.Identifier(unfinished),
                    new=sql.Identifier(name),
                    comment=sql.Literal(comment),
                )
            )


def end_connections(name: str) -> None:
    """End every connection to a database."""
    with _as_superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )


@contextmanager
def closed(name: str) -> Iterator[None]:
    """Let nobody into a database while the block runs; who is in it is put out."""
    statement = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with _as_superuser() as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.SQL("false")))
        end_connections(name)
        try:
            yield
        finally:
            connection.execute(statement.format(sql.Identifier(name), sql.SQL("true")))


def _as_superuser() -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(CLUSTER.url("postgres"), autocommit=True)

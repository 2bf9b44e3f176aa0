"""Many orders in a copied Odoo, made in its database: through its API they would take an hour."""

import psycopg

from portal.local import postgres
from portal.testing.real_odoo import OdooDatabase

LINES_EACH = 2
MODEL_ORDER = "S00024"


def fill(odoo: OdooDatabase, orders: int) -> None:
    """Add so many partners, an order of each, and two lines of each order."""
    url = postgres.ensure_running().url_for(odoo.database, role=postgres.ODOO_ROLE)
    with psycopg.connect(url) as session:
        order, partner = one(
            session, f"select id, partner_id from sale_order where name = '{MODEL_ORDER}'"
        )
        [line] = one(session, f"select min(id) from sale_order_line where order_id = {order}")
        clone(session, "res_partner", partner, orders, name="'Customer ' || n")
        [last] = one(session, "select max(id) from res_partner")
        clone(session, "sale_order", order, orders, name="'X' || n", partner_id=f"{last} - n + 1")
        [last] = one(session, "select max(id) from sale_order")
        number = f"{last} - (n - 1) / {LINES_EACH}"
        clone(session, "sale_order_line", line, orders * LINES_EACH, order_id=number)
        session.execute("analyze res_partner, sale_order, sale_order_line")


def one(session: "psycopg.Connection[tuple[int, ...]]", query: str) -> tuple[int, ...]:
    """Return the only row."""
    row = session.execute(query).fetchone()
    assert row is not None
    return tuple(row)


def clone(
    session: "psycopg.Connection[tuple[int, ...]]",
    table: str,
    odoo_id: int,
    number: int,
    /,
    **values: str,
) -> None:
    """Add copies of a row; ``values`` are expressions in which ``n`` counts from 1."""
    found = session.execute(
        "select column_name from information_schema.columns"
        " where table_name = %s and column_name <> 'id' and is_generated = 'NEVER'",
        [table],
    ).fetchall()
    columns = [str(name) for (name,) in found]
    given = ", ".join(values.get(name, name) for name in columns)
    session.execute(
        f"insert into {table} ({', '.join(columns)}) select {given}"
        f" from {table}, generate_series(1, {number}) n where {table}.id = {odoo_id} order by n"
    )

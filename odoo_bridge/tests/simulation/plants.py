"""The bugs that the harness must catch: those of a bridge that such bridges have had."""

import datetime as dt

from odoo_bridge.tests.simulation.planting import Code, Plant, Unscheduled, Value, Words

NO_TIME = dt.timedelta(0)
BY_FENCE = (" and mine.fence = stream.fence", "")

PLANTS = (
    Plant(
        "done is committed before the id",
        (
            Code(
                "odoo_bridge.outbox.settle",
                "settle",
                (
                    ("@begins_anew\n", ""),
                    (
                        "outcome.acknowledge(done)\n        _note_done(done, now)",
                        "_note_done(done, now)\n        outcome.acknowledge(done)",
                    ),
                ),
            ),
        ),
    ),
    Plant(
        "write_date > without overlap",
        (
            Value("odoo_bridge.sync.poll", "OVERLAP", NO_TIME),
            Value("odoo_bridge.sync.poll", "WIDE_OVERLAP", NO_TIME),
            Code(
                "odoo_bridge.sync.poll",
                "written_in",
                (('">=", odoo_datetime(start)', '">", odoo_datetime(start)'),),
            ),
        ),
    ),
    Plant(
        "watermark = now",
        (
            Code(
                "odoo_bridge.sync.poll", "begin", (("= latest + ONE_SECOND", "= now + ONE_SECOND"),)
            ),
        ),
    ),
    Plant(
        "no sweep for deletes",
        (
            Code(
                "odoo_bridge.sync.reconcile",
                "reconcile",
                (("    theirs = fingerprint", "    return 0\n    theirs = fingerprint"),),
            ),
        ),
    ),
    Plant(
        "retry without lookup",
        (
            Code(
                "odoo_bridge.client.load",
                "cells",
                (
                    (
                        "[[cell(value) for value in row] for row in rows]",
                        (
                            "[[str(__import__('uuid').uuid4()) if name == 'id' else cell(value)"
                            " for name, value in zip(columns, row)] for row in rows]"
                        ),
                    ),
                ),
            ),
        ),
    ),
    Plant(
        "ids:false taken as success",
        (
            Code(
                "odoo_bridge.client.load",
                "load",
                (
                    (
                        "return ids_of(answer, call)",
                        "return ids_of(answer, call) if answer.get('ids') else [0] * len(rows)",
                    ),
                ),
            ),
        ),
    ),
    Plant(
        "claim without fencing",
        (
            Words(
                "odoo_bridge.outbox.sending",
                "RENEW",
                (
                    BY_FENCE,
                    (" and stream.fence = held.fence", ""),
                    (" and entry.fence = held.fence", ""),
                ),
            ),
            Words("odoo_bridge.outbox.settle", "HOLD", (BY_FENCE,)),
            Words(
                "odoo_bridge.outbox.lease", "SEND_NEXT", ((" and stream.fence = held.fence", ""),)
            ),
        ),
    ),
    Plant(
        "order by created_at",
        (
            Words(
                "odoo_bridge.outbox.lease",
                "SEND_NEXT",
                (("order by one.seq limit", "order by one.created_at limit"),),
            ),
        ),
    ),
    Plant(
        "batch error drops neighbours",
        (
            Code(
                "odoo_bridge.client.batches",
                "halved_until_good",
                (("if len(items) == 1 or isinstance(refused, OdooUnsupported)", "if items"),),
            ),
        ),
    ),
    Plant("woken only, no sweep", (Unscheduled("odoo-drain"),)),
    Plant(
        "breaker that never half-opens",
        (Code("odoo_bridge.breaker", "may_call", (("return bool(claimed)", "return False"),)),),
    ),
    Plant(
        "poison counted after the work",
        (
            Code(
                "odoo_bridge.outbox.lease",
                "reclaim_expired",
                (("entry.deaths += 1", "entry.deaths += 0"),),
            ),
        ),
    ),
    Plant(
        "tombstone after one look",
        (
            Code(
                "odoo_bridge.sync.refresh",
                "read",
                (("for one in claimed if one.absences}", "for one in claimed}"),),
            ),
        ),
    ),
    Plant(
        "forged hint believed",
        (
            Words(
                "odoo_bridge.services.note_hint",
                "KEEP",
                (("%(odoo_id)s, 1, 0, ", "%(odoo_id)s, 1, 1, "),),
            ),
        ),
    ),
    Plant(
        "nobody waits for a call that may land late",
        (
            Code(
                "odoo_bridge.outbox.lease",
                "in_doubt",
                (("in {Repeat.LATE, Repeat.AT_ONCE}", "in {Repeat.LATE}"),),
            ),
        ),
    ),
)

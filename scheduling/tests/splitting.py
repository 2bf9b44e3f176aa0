"""Loads that are split and merged: words for the tests."""

from decimal import Decimal

from odoo_bridge.models import Move, OutboxEntry, Picking
from odoo_bridge.outbox.acknowledge import acknowledge
from odoo_bridge.services.drop_entry import drop_entry
from portal.testing.mirrors import MoveFactory, PickingFactory, ProductFactory
from scheduling.models import Job
from scheduling.selectors.board import board_of
from scheduling.services.lock_job import Seen
from scheduling.services.split_job import split_job
from scheduling.tasks import find_jobs
from scheduling.tests.conftest import DAY

STONE, SAND = "Stone", "Sand"


def a_load():
    """Return a job of ten tonnes of stone and two of sand for one customer."""
    picking = PickingFactory()
    Move.objects.all().delete()
    for name, quantity in ((STONE, 10), (SAND, 2)):
        product = ProductFactory(name=name, weight=1000, volume=Decimal("0.5"))
        MoveFactory(picking=picking, product=product, demand=quantity)
    Picking.objects.update(move_ids=list(Move.objects.values_list("odoo_id", flat=True)))
    find_jobs()
    return Job.objects.get()


def seen(job):
    job.refresh_from_db()
    return Seen(job.pk, job.moves)


def split(job, by, **leaves):
    """Let so much of each product go on a second part."""
    moves = {move.product.name: move.pk for move in Move.objects.filter(picking__job=job)}
    goods = {moves[name]: Decimal(str(quantity)) for name, quantity in leaves.items()}
    return split_job(seen=seen(job), leaves=goods, by=by)


def acknowledged(part, odoo_id=5000):
    """Let Odoo have made the part, as the promise's handler stores it."""
    whole = part.picking.part_of
    for number, move in enumerate(Move.objects.filter(picking=part.picking)):
        acknowledge(Move, move.uuid, odoo_id + number)
    acknowledge(Picking, part.picking.uuid, odoo_id)
    part.picking.refresh_from_db()
    part.picking.move_ids = [odoo_id + one for one in range(part.picking.moves.count())]
    part.picking.save()
    for move in whole.moves.exclude(stays=None):
        move.demand, move.stays = move.stays, None
        move.save()
    return part


def load(job):
    """Return what the board says that a job brings."""
    board = board_of(day=DAY)
    cards = [*board.pool.cards, *(stop.card for lane in board.lanes for stop in lane.stops)]
    [card] = [card for card in cards if card.job.pk == job.pk]
    return {item.product: item.quantity for item in card.load}, card.weight, (card.part, card.parts)


def given_up(command, person):
    """Let a person drop what was promised."""
    entry = OutboxEntry.objects.filter(command=command).get()
    OutboxEntry.objects.filter(pk=entry.pk).update(state=OutboxEntry.State.PARKED)
    drop_entry(entry_id=entry.pk, note="Not needed.", by=person)
    find_jobs()

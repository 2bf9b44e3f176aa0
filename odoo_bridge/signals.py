"""What the bridge tells the apps above: ids only, after commit, and only to be quicker.

Whoever listens must also find the same work by a query, since a signal may be lost.
"""

from django.dispatch import Signal

mirrors_changed = Signal()
"""Sent with ``sender`` (the mirror's model) and ``keys`` (its primary keys)."""

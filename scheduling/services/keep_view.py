"""Keep a search of the pool under a name."""

from portal.accounts.models import User
from scheduling.errors import NothingToKeep
from scheduling.models import PoolView
from scheduling.models.board import LONGEST_QUERY

MOST_VIEWS = 20


def keep_view(*, name: str, query: str, owner: User) -> PoolView:
    """Keep the search and the filters as this person's view; one of that name is replaced.

    :raises NothingToKeep: nothing is searched or filtered, far too much is, or there are too many.
    """
    if len(query) > LONGEST_QUERY:
        raise NothingToKeep("This search is too long to be kept. Search for less.")
    if not query:
        raise NothingToKeep("Search or filter first: the view keeps what you look for.")
    others = PoolView.objects.filter(owner=owner).exclude(name=name)
    if others.count() >= MOST_VIEWS:
        raise NothingToKeep(f"{MOST_VIEWS} views are as many as fit. Remove one first.")
    view, _made = PoolView.objects.update_or_create(
        owner=owner, name=name, defaults={"query": query}
    )
    return view


def forget_view(*, view_id: int, owner: User) -> None:
    """Forget a person's own view; one that is gone stays gone."""
    PoolView.objects.filter(pk=view_id, owner=owner).delete()

"""The hands of a dispatcher."""

from portal.accounts.models import Role
from portal.tests.e2e.test_pages import SIZES


def open_board(window, size="office", role=Role.OFFICE):
    page = window(role, SIZES[size])
    page.goto("/board/")
    return page


def lane(page, plate):
    return page.get_by_role("region", name=plate)


def card(place, name):
    return place.get_by_role("listitem").filter(has_text=name)


def drag(page, grabbed, to):
    """Drag as a hand does it: press, move a little, move there, let go."""
    hold(page, grabbed, to)
    page.mouse.up()


def hold(page, grabbed, to):
    """Drag, and do not let go yet."""
    to.scroll_into_view_if_needed()
    grabbed.scroll_into_view_if_needed()
    a, b = grabbed.bounding_box(), to.bounding_box()
    page.mouse.move(a["x"] + 60, a["y"] + 12)
    page.mouse.down()
    page.mouse.move(a["x"] + 70, a["y"] + 20, steps=3)
    page.mouse.move(b["x"] + b["width"] / 2, b["y"] + min(30, b["height"] / 2), steps=12)
    page.wait_for_timeout(200)


class Slow:
    """A server that answers moves when it is told to."""

    def __init__(self, page):
        self.page, self.asked = page, []
        page.route("**/board/move?*", self.keep)

    def keep(self, route):
        """Let it wait."""
        self.asked.append(route)

    def answer(self, number):
        """Let the so manieth move through; the first is 1."""
        for _ in range(50):
            if len(self.asked) >= number:
                break
            self.page.wait_for_timeout(100)
        self.asked[number - 1].continue_()

"""A file is imported with the keyboard and eyes that a person has."""

import pytest
from playwright.sync_api import expect

from crm_intake.models import Message
from portal.accounts.models import Role
from portal.tests.e2e.eyes import faults

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
GOOD = "+16065550123,in,2024-03-14 12:00,Two cords of oak?\n"
FILE = "phone,direction,sent_at,body\n" + GOOD + "Bob,in,soon,Hello\n" * 3


def test_a_file_is_looked_at_and_then_imported(window):
    page = window(Role.ADMIN, PHONE)
    file = {"name": "texts.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.goto("/people/import/")

    page.get_by_label("What its rows are").select_option("Texts")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()

    expect(page.get_by_role("region", name="What would happen")).to_contain_text(
        "1 row is new and would be imported."
    )
    expect(page.get_by_role("row")).to_have_count(7)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert not Message.objects.exists()

    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Import").click()

    expect(page.get_by_text("1 row is imported.")).to_be_visible()
    assert Message.objects.get().text == "Two cords of oak?"
    assert page.problems == []

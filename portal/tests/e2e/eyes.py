"""What somebody who sees less well, or in the dark, would meet on a page."""

from axe_playwright_python.sync_playwright import Axe


def faults(page):
    """Return what axe finds wrong with a page, in light and in dark: by which rule, and where.

    Without motion: a colour on its way to another one has no contrast.
    """
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for rule in Axe().run(page).response["violations"]:
            found += [(scheme, rule["id"], node["target"]) for node in rule["nodes"]]
    return found

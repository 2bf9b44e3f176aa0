"""Pages of ours on paper. Nothing is fetched for them: not from the network, not from a disk."""

from PIL import ImageFile

from portal.core.errors import UserFacingError


class PdfNotAvailable(UserFacingError):
    """This machine cannot set type: a library of the system is missing."""


def pdf_of(html: str, *, style: str) -> bytes:
    """Return the page as PDF; what it refers to by an address is left out.

    :param style: CSS for it; templates carry none.
    :raises PdfNotAvailable: Pango is not on this machine.
    """
    try:
        # Here and not above: it loads Pango, which only this needs, and takes a second.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as missing:
        raise PdfNotAvailable(
            "No PDF can be made on this server: its Debian packages libpango-1.0-0,"
            " libpangoft2-1.0-0, libharfbuzz-subset0 and fonts-dejavu-core are to be installed."
        ) from missing
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint lets all take broken pictures for whole
    nowhere = URLFetcher(allowed_protocols=())
    sheet = CSS(string=style, url_fetcher=nowhere)
    page = HTML(string=html, url_fetcher=nowhere)
    pdf: bytes = page.write_pdf(stylesheets=[sheet])
    return pdf

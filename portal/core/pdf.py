"""Pages of ours on paper. Nothing is fetched for them: not from the network, not from a disk."""

import io
from collections.abc import Mapping

from PIL import ImageFile

from portal.core.errors import UserFacingError


class PdfNotAvailable(UserFacingError):
    """This machine cannot set type: a library of the system is missing."""


def pdf_of(html: str, *, style: str, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the page as PDF; what it refers to by an address is left out.

    :param style: CSS for it; templates carry none.
    :param pictures: JPEG or PNG by name; the page shows one as ``<img src="picture:name">``.
    :raises PdfNotAvailable: Pango is not on this machine.
    """
    try:
        # Here and not above: it loads Pango, which only this needs, and takes a second.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415
    except OSError as missing:
        raise PdfNotAvailable(
            "No PDF can be made on this server: its Debian packages libpango-1.0-0,"
            " libpangoft2-1.0-0, libharfbuzz-subset0 and fonts-dejavu-core are to be installed."
        ) from missing
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint lets all take broken pictures for whole
    ours = {f"picture:{name}": content for name, content in (pictures or {}).items()}

    class OursAlone(URLFetcher):  # type: ignore[misc]  # it comes without types
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if url in ours:
                return URLFetcherResponse(url, io.BytesIO(ours[url]))
            return super().fetch(url, headers)

    nowhere = OursAlone(allowed_protocols=())
    sheet = CSS(string=style, url_fetcher=nowhere)
    page = HTML(string=html, url_fetcher=nowhere)
    pdf: bytes = page.write_pdf(stylesheets=[sheet])
    return pdf

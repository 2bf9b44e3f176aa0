"""Pages on paper: they fetch nothing, and say when they cannot be made."""

import io
import sys

import pytest
from PIL import Image, ImageFile
from pypdf import PdfReader

from portal.core.pdf import PdfNotAvailable, pdf_of
from portal.testing.paper import text_of


def test_a_page_becomes_a_pdf():
    pdf = pdf_of("<p>Grüße 🪵 \u0000 &lt;b&gt;</p>", style="p { color: #333 }")

    assert pdf.startswith(b"%PDF-")
    assert "Grüße" in text_of(pdf)


def test_broken_pictures_are_still_seen_as_such_elsewhere():
    pdf_of("<p>Hello</p>", style="")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize("where", ["file://{}", "http://127.0.0.1:9/{}", "data:text/css,{}"])
def test_nothing_is_fetched_for_it(where, tmp_path, caplog):
    (tmp_path / "a.css").write_text("p::after { content: 'smuggled' }")
    address = where.format(tmp_path / "a.css")
    html = f'<link rel="stylesheet" href="{address}"><img src="{address}"><p>Hello</p>'
    html += f'<object data="{address}">a</object><a rel="attachment" href="{address}">b</a>'

    pdf = pdf_of(html, style=f'@import url("{address}"); p {{ background: url("{address}") }}')

    assert "Hello" in text_of(pdf)
    assert "smuggled" not in text_of(pdf)
    assert not PdfReader(io.BytesIO(pdf)).attachments


def test_it_shows_the_pictures_that_it_is_given_and_no_others():
    drawn = io.BytesIO()
    Image.new("RGB", (20, 10), "#0a7").save(drawn, "PNG")
    html = '<img src="picture:logo" alt=""><img src="picture:other" alt="">'

    pdf = pdf_of(html, style="", pictures={"logo": drawn.getvalue()})

    [page] = PdfReader(io.BytesIO(pdf)).pages
    assert [picture.image.size for picture in page.images] == [(20, 10)]


def test_a_server_without_pango_says_what_it_wants(monkeypatch):
    class NoPango:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [one for one in sys.modules if one.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])

    with pytest.raises(PdfNotAvailable, match="packages libpango"):
        pdf_of("", style="")

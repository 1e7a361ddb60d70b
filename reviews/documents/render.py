"""Turning a snapshot into a PDF with WeasyPrint. Only workers import this module (see the package)."""
import io
import logging
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reviews.documents.paper import paper_of

log = logging.getLogger(__name__)

#: One rendering at a time in a process: the warm-up runs in a thread of its own, and Pango is not made for two.
_rendering = threading.Lock()
_STYLESHEETS = Path(settings.BASE_DIR) / "templates" / "documents"
#: Where a template finds the QR code that ``qr_files`` hands over.
QR_ADDRESS = "portal:qr.svg"


@dataclass(frozen=True)
class Pdf:
    """A finished document."""

    content: bytes
    pages: int


class OwnFiles(URLFetcher):
    """Gives WeasyPrint what this portal hands it, and nothing from the network, the disk or the content."""

    def __init__(self, files):
        super().__init__()
        self._files = files

    def fetch(self, url, headers=None):
        """Return one of the handed files. Raises ValueError for any other address."""
        if url not in self._files:
            log.error("A document asked for %s, which was refused", url)
            raise ValueError(f"refused: {url}")
        content, content_type = self._files[url]
        return URLFetcherResponse(url, content, {"Content-Type": content_type})


def render_snapshot(snapshot):
    """Return the Pdf of a snapshot. Raises InvalidToken when a personal value cannot be unsealed."""
    address = check_address(snapshot.sha256)
    html = render_to_string(
        "documents/form.html",
        {"paper": paper_of(snapshot), "check_address": address, "qr_address": QR_ADDRESS if address else ""},
    )
    return render_html(html, qr_files(address))


def render_html(html, files=None, stylesheet="document.css"):
    """Return the Pdf of a complete HTML text; ``files`` maps addresses to (content, content type).

    ``stylesheet`` is a file of templates/documents.
    """
    with _rendering:
        # PDF/UA: tagged for screen readers, 5 % slower (design.md §11).
        document = HTML(string=html, url_fetcher=OwnFiles(files or {})).render(
            stylesheets=[_stylesheet(stylesheet)], pdf_variant="pdf/ua-1"
        )
        return Pdf(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))


def warm_up():
    """Render one small document, so that the first real one does not pay for fonts and stylesheet."""
    html = "<html lang='zh-CN'><head><title>预热</title></head><body><h1>预热</h1><p>0123456789</p></body></html>"
    return render_html(html)


def check_address(sha256):
    """Return the public address where anybody can check the paper, "" when SITE_URL is not set."""
    return public_address(reverse("reviews:check_document", args=[sha256]))


def public_address(path):
    """Return the address of a page as the public types it, "" when SITE_URL is not set."""
    base = settings.SITE_URL.rstrip("/")
    return base + path if base else ""


@lru_cache(maxsize=8)
def _stylesheet(name):
    return CSS(string=(_STYLESHEETS / name).read_text(), url_fetcher=OwnFiles({}))


def qr_files(address):
    """Return what render_html needs to draw the QR code of an address; nothing without an address."""
    return {QR_ADDRESS: (_qr_code(address), "image/svg+xml")} if address else {}


def _qr_code(address):
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", omitsize=True)
    return picture.getvalue()

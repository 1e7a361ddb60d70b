"""A certificate on paper. Only workers import this module."""
from django.template.loader import render_to_string
from django.urls import reverse

from reviews.documents.render import QR_ADDRESS, public_address, qr_files, render_html


def render_title(title):
    """Return the Pdf (A4 across, one page) of a Title, with the QR code of its check page when SITE_URL is set."""
    address = public_address(reverse("applications:certificate_check", args=[title.number]))
    html = render_to_string(
        "documents/certificate.html",
        {"title": title, "check_address": address, "qr_address": QR_ADDRESS if address else ""},
    )
    return render_html(html, qr_files(address), stylesheet="certificate.css")

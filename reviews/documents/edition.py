"""Editions of the PDF template. A new one is added when the template changes what a paper says."""

#: Every edition that papers were ever made with, the present one last: old papers stay verifiable.
TEMPLATE_EDITIONS = ("1", "2")
TEMPLATE_EDITION = TEMPLATE_EDITIONS[-1]


def document_key(sha256, edition=TEMPLATE_EDITION):
    """Return the key of the document made from the snapshot with this hash: the same paper is made once."""
    return f"{sha256}-{edition}"

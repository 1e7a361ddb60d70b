"""Private files as downloads that no browser opens in the portal, and the few kinds that a frame of it shows."""
from django.http import FileResponse

from portal.tools.errors import Refused
from portal.tools.file_types import content_type
from portal.tools.uploads import extension_of

#: A picture can do nothing at all.
_PICTURE_POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"
#: No ``sandbox``: browsers of a few years ago show no PDF in it. Their viewer is an object with a style of its own.
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def open_stored(file, sentence, **link):
    """Open a stored file. Raises Refused with status 410 and the sentence when it is gone."""
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise Refused(sentence, code="file_gone", status=410, **link) from error


def as_download(content, name):
    """Answer with a file under its name; what it is served as follows from the extension, never from its uploader."""
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type(extension_of(name)))
    response["Content-Security-Policy"] = "sandbox"
    return _kept_private(response)


def as_preview(content, name, size):
    """Answer with a PDF or a picture of ``size`` bytes for a frame of the portal's own pages; closes ``content``."""
    kind = content_type(extension_of(name))
    response = FileResponse(content, filename=name, content_type=kind)
    response["Content-Length"] = size
    response["Content-Security-Policy"] = _PDF_POLICY if kind == "application/pdf" else _PICTURE_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _kept_private(response)


def _kept_private(response):
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

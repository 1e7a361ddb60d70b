"""Private files as downloads that no browser opens inside the portal."""
from django.http import FileResponse

from portal.tools.errors import Refused
from portal.tools.file_types import content_type
from portal.tools.uploads import extension_of


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
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

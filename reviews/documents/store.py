"""Putting a finished PDF into the storage under the name that its key gives: wholly or not at all."""
import os
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile


def store_pdf(document, content):
    """Write ``content`` to the name that the document's key gives it and return that name; what lay there is replaced.

    On a disk the bytes go to a file beside it and are moved into place when they are safe, so that a crash never
    leaves half a PDF under the name. An object store does the same by itself. Raises OSError, e.g. for a full disk.
    """
    field = document._meta.get_field("file")
    return store_under(field.generate_filename(document, "document.pdf"), content, field.storage, document.attempts)


def store_under(name, content, storage, attempt=1):
    """Write ``content`` under exactly this name in a storage, wholly or not at all; return the name.

    ``attempt`` tells apart workers that may write at the same time.
    """
    try:
        target = Path(storage.path(name))
    except NotImplementedError:
        storage.delete(name)
        return storage.save(name, ContentFile(content))
    _replace(target, content, attempt)
    return name


def _replace(target, content, attempt):
    target.parent.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    # The attempt is part of the name, so that a worker that was thought dead does not write into its successor's file.
    part = target.with_name(f"{target.name}.{attempt}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, settings.FILE_UPLOAD_PERMISSIONS), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for leftover in target.parent.glob(f"{target.name}.*.part"):
        leftover.unlink(missing_ok=True)

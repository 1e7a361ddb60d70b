"""Where the file of an export is written, and putting it into its place: wholly or not at all.

All of an export lies in one folder of the storage. An attempt works in a scratch folder of its own beside the
finished file, so a crash leaves at most a scratch folder, which the next attempt or the expiry removes.
"""
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File

from reviews.models import Export

_FIELD = Export._meta.get_field("file")


def begin(export):
    """Return the empty scratch folder (Path) of this attempt; what earlier attempts have left is removed."""
    folder = _folder(export)
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="export-"))
    folder.mkdir(parents=True, exist_ok=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    shutil.rmtree(folder)
    scratch = folder / f"attempt-{export.attempts}"
    scratch.mkdir(parents=True, mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS)
    return scratch


def finish(export, path, name):
    """Move the finished file at ``path`` to the export's place; return its name in the storage. Raises OSError."""
    stored = _FIELD.generate_filename(export, name)
    folder = _folder(export)
    if folder is None:
        _FIELD.storage.delete(stored)
        with path.open("rb") as content:
            return _FIELD.storage.save(stored, File(content))
    with path.open("rb") as content:
        os.fsync(content.fileno())
    path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    path.replace(_FIELD.storage.path(stored))
    return stored


def leave(scratch):
    """Remove a scratch folder with all that is in it."""
    shutil.rmtree(scratch, ignore_errors=True)


def remove(export):
    """Remove the file of an export and whatever its attempts have left; nothing there is no error."""
    if export.file:
        _FIELD.storage.delete(export.file.name)
    folder = _folder(export)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _folder(export):
    """Return the folder of the export on the disk, or None when the storage is none."""
    try:
        return Path(_FIELD.storage.path(_FIELD.generate_filename(export, "x"))).parent
    except NotImplementedError:
        return None

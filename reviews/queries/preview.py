"""What of an evidence file can be shown without downloading it: the file itself, or the entries of an archive."""
import zipfile
from dataclasses import dataclass

from portal.tools.archives import entry_extension, entry_name, material
from portal.tools.uploads import extension_of, shown_size

PDF, PICTURE, ARCHIVE, NONE = "pdf", "picture", "archive", "none"
_KINDS = {"pdf": PDF, "jpg": PICTURE, "jpeg": PICTURE, "png": PICTURE, "zip": ARCHIVE}


@dataclass(frozen=True)
class Entry:
    """One file in an archive; ``number`` is its place among those that hold material, ``size`` in bytes unpacked."""

    number: int
    name: str
    size: int
    shown_size: str
    kind: str


def preview_kind(name):
    """Return how a file is shown: PDF, PICTURE, ARCHIVE (a list of entries) or NONE."""
    return _KINDS.get(extension_of(name), NONE)


def entries_of(file):
    """Return the Entries of an open zip archive, none when it cannot be read. One inside another is not opened."""
    try:
        with zipfile.ZipFile(file) as archive:
            return [
                Entry(
                    number, entry_name(entry), entry.file_size, shown_size(entry.file_size),
                    _KINDS.get(entry_extension(entry), NONE).replace(ARCHIVE, NONE),
                )
                for number, entry in enumerate(material(archive))
            ]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []


class OpenEntry:
    """The unpacked content of one entry as a file to read from, never more than the archive says it is."""

    def __init__(self, file, number):
        self._file = file
        self._archive = zipfile.ZipFile(file)
        self._unpacked = self._archive.open(material(self._archive)[number])

    def read(self, size=-1):
        """Return up to ``size`` bytes."""
        return self._unpacked.read(size)

    def close(self):
        """Close the entry, the archive and the file that it lies in."""
        for opened in (self._unpacked, self._archive, self._file):
            opened.close()


def neighbours(files, attachment_id):
    """Return (the file before, the file after) in a list of {"id", "name"}; None at either end."""
    place = next((index for index, file in enumerate(files) if file["id"] == attachment_id), None)
    if place is None:
        return None, None
    before = files[place - 1] if place else None
    return before, files[place + 1] if place + 1 < len(files) else None

"""Files that arrive in parts: written so that a crash at any moment leaves nothing that is wrong.

The bytes reach the disk before anybody counts them; what was written and not counted is written over by the next try.
"""
import errno
import hashlib
import os
import shutil
from pathlib import Path

_CHUNK = 1024 * 1024
FULL = {errno.ENOSPC, errno.EDQUOT}


def write_part(path, offset, data):
    """Write ``data`` at ``offset`` and bring it to the disk. Raises OSError, e.g. ENOSPC."""
    path = Path(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def length_of(path):
    """Return the bytes that a file holds; 0 when there is none."""
    try:
        return Path(path).stat().st_size
    except FileNotFoundError:
        return 0


def has_room(folder, size, reserve):
    """Tell whether the disk of a folder takes ``size`` bytes and keeps ``reserve``."""
    folder = Path(folder)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free >= size + reserve


def sha256_of(file):
    """Return the SHA-256 of an open file in hex; the file is left at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()

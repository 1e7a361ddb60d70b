"""The directory of a Microsoft compound file (OLE2: doc, xls, and every Office file with a password).

Only what a check needs: names of streams and the first bytes of one. Limits keep a crafted file from costing anything.
[MS-CFB] 2.2 header, 2.6 directory.
"""
import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFF9  # sector numbers from here on are marks, not sectors
_ENTRY = 128  # bytes
MAX_SECTORS = 512  # of the directory: 2,048 entries in a file with sectors of 512 bytes


class CompoundFile:
    """An open compound file. ``names`` are those of its streams and storages. Raises ValueError when it is broken."""

    def __init__(self, file):
        file.seek(0)
        header = file.read(512)
        if len(header) < 512 or not header.startswith(SIGNATURE):
            raise ValueError("not a compound file")
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            raise ValueError("unknown sector size")
        self.file, self.sector = file, 1 << shift
        self.fat_sectors = [number for number in struct.unpack_from("<109I", header, 76) if number < _END]
        directory = b"".join(self._chain(struct.unpack_from("<I", header, 48)[0], MAX_SECTORS))
        self.entries = dict(self._entry(directory, place) for place in range(0, len(directory) - _ENTRY + 1, _ENTRY))
        self.entries.pop("", None)
        self.names = set(self.entries)

    def start_of(self, name):
        """Return the first sector of a stream of at least 4,096 bytes (shorter ones lie elsewhere), else b""."""
        sector, size = self.entries.get(name, (_END, 0))
        return self._read(sector) if size >= 4096 else b""

    def _entry(self, directory, place):
        length = struct.unpack_from("<H", directory, place + 64)[0]
        name = directory[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        return name, struct.unpack_from("<II", directory, place + 116)

    def _chain(self, sector, limit):
        for _ in range(limit):
            if sector >= _END:
                return
            yield self._read(sector)
            sector = self._following(sector)

    def _following(self, sector):
        per_sector = self.sector // 4
        index = sector // per_sector
        if index >= len(self.fat_sectors):
            return _END  # in the extended table of files over 6.8 MB; their directory stands at the beginning
        fat = self._read(self.fat_sectors[index])
        return struct.unpack_from("<I", fat, sector % per_sector * 4)[0]

    def _read(self, sector):
        self.file.seek((sector + 1) * self.sector)
        content = self.file.read(self.sector)
        if len(content) < self.sector:
            raise ValueError("sector beyond the end")
        return content

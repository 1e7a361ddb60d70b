"""What can be wrong with an uploaded file: a reason and a remedy, both as parts of a Chinese sentence."""
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``reason`` follows the file's name, ``remedy`` begins with 请; neither ends with a full stop.

    An archive brings its own sentence in ``text`` (with {name}), because it names several entries.
    """

    reason: str
    remedy: str
    text: str = ""

    def sentence(self, name):
        """Return the whole sentence for a file that was uploaded by itself."""
        return self.text.format(name=name) if self.text else f"“{name}”{self.reason}，没有上传。{self.remedy}后再上传。"

    def in_archive(self, name):
        """Return the part of a sentence for an entry of an archive."""
        return f"“{name}”{self.reason}（{self.remedy}）"

"""The checks of a file's content, which every kind of upload shares; see portal.tools.file_types."""
from portal.tools.file_types import content_fault, content_type

__all__ = ["content_fault", "content_type"]

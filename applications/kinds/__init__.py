"""The kinds of filing that this app registers."""
from applications.kinds.innovative import InnovativeApplication

__all__ = ["InnovativeApplication"]

"""Standards (认定标准) as data and functions; see base.py for how to add one."""
from applications.standards.registry import NoStandard, choose, get

__all__ = ["NoStandard", "choose", "get"]

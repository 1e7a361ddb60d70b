"""Reads of the review desk (审核工作台), one module per page."""

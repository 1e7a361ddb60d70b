"""Reads of the accounts app. What every app asks is named here: the enterprise, regions, industries, sizes."""
from accounts.queries.reference import (
    SUBCLASS_LEVEL,
    emerging_hints,
    enterprise_of,
    find_industry,
    find_region,
    industry_chain,
    industry_children,
    products_of,
    region_children,
    region_path,
    search_industries,
    search_regions,
    size_standards,
)

__all__ = [
    "SUBCLASS_LEVEL",
    "emerging_hints",
    "enterprise_of",
    "find_industry",
    "find_region",
    "industry_chain",
    "industry_children",
    "products_of",
    "region_children",
    "region_path",
    "search_industries",
    "search_regions",
    "size_standards",
]

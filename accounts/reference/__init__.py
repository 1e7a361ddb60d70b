"""Loads the reference data of ``accounts/data``: authorities, regions, industries, products, SME size standards.

Every loader is an upsert and may be run again after a yearly revision. A code that has vanished from a file stays in
the table, because filings and enterprises may point at it.
"""
from django.db import transaction

from accounts.reference.authorities import load_authorities
from accounts.reference.industries import load_industries
from accounts.reference.regions import load_regions
from accounts.reference.size_standards import load_size_standards


@transaction.atomic
def load_all():
    """Load every file, all or nothing; return {label: number of rows in the file} in the order of loading."""
    return load_authorities() | load_regions() | load_industries() | load_size_standards()

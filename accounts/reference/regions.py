"""行政区划 (GB/T 2260) with the authority that answers for each."""
from accounts.models import Authority, Region
from accounts.reference.divisions import Divisions
from accounts.reference.files import upsert


def load_regions():
    """Upsert every division; the authorities must be loaded before."""
    divisions = Divisions()
    authority_ids = dict(Authority.objects.values_list("code", "id"))
    regions = [
        Region(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            level=row["level"],
            parent_id=row["parent_code"] or None,
            authority_id=authority_ids.get(divisions.authority_code(row)),
            is_leaf=divisions.is_leaf(row),
        )
        for row in divisions.rows
    ]
    upsert(
        Region, regions, unique=["code"], update=["name", "full_name", "level", "parent", "authority", "is_leaf"]
    )
    return {"行政区划": len(regions)}

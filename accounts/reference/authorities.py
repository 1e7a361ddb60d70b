"""主管部门: ministry → 37 provincial-level departments → city → county."""
from accounts.enums import AuthorityLevel
from accounts.models import Authority
from accounts.reference.divisions import MINISTRY_CODE, XPCC_CODE, Divisions, xpcc_division_code
from accounts.reference.files import read, upsert

NEUTRAL = "中小企业主管部门"  # the real bureaus have many names; an administrator may enter them


def load_authorities():
    """Upsert every authority, level by level so that a parent is there before its children.

    A name that an administrator has replaced by the real one is kept. Telephone and 在用 are never touched.
    """
    known = dict(Authority.objects.values_list("code", "name"))
    ids, total = {}, 0
    for rows in _rows_by_level(Divisions()):
        authorities = [
            Authority(
                code=code,
                name=_kept_name(known.get(code), name),
                short_name=short_name,
                level=level,
                parent_id=ids[parent] if parent else None,
            )
            for code, name, short_name, level, parent in rows
        ]
        upsert(Authority, authorities, unique=["code"], update=["name", "short_name", "level", "parent"])
        ids = dict(Authority.objects.values_list("code", "id"))
        total += len(authorities)
    return {"主管部门": total}


def _kept_name(present, neutral):
    return present if present and not present.endswith(NEUTRAL) else neutral


def _rows_by_level(divisions):
    """Yield lists of (code, name, short name, level, code of the parent), from the top down."""
    yield [(MINISTRY_CODE, "工业和信息化部", "部级", AuthorityLevel.MINISTRY, None)]
    yield [
        (row["code"], f"{row['name']}{NEUTRAL}", row["name"], AuthorityLevel.PROVINCE, MINISTRY_CODE)
        for row in divisions.provincial
    ]
    below = [
        (
            row["code"],
            f"{row['full_name']}{NEUTRAL}",
            row["name"],
            divisions.level_below_province(row),
            row["parent_code"],
        )
        for row in divisions.rows
        if divisions.has_own_authority(row)
    ]
    cities = [row for row in below if row[3] == AuthorityLevel.CITY]
    yield cities + _xpcc_divisions()
    yield [row for row in below if row[3] == AuthorityLevel.COUNTY]


def _xpcc_divisions():
    return [
        (
            xpcc_division_code(row["seq"]),
            f"新疆生产建设兵团{row['division_name']}{NEUTRAL}",
            row["division_name"],
            AuthorityLevel.CITY,
            XPCC_CODE,
        )
        for row in read("xpcc_divisions")
    ]

"""Which authority answers for which administrative division: two trees over one list of codes.

The region tree is GB/T 2260 (辽宁省 → 大连市 → 中山区). The authority tree differs in three places (domain.md §1.3,
design.md §4): a 计划单列市 is a provincial-level department of its own; a municipality's or a 计划单列市's district is
the first level below it; the county-level cities 6590xx of the 兵团 answer to its divisions (师).

The pairing of divisions and cities in xpcc_divisions.csv restates public reports and is not confirmed by an official
list. A 6590xx city that the file does not pair answers to the 兵团 itself (660000).
"""
from functools import cached_property

from accounts.enums import AuthorityLevel
from accounts.reference.files import read

MINISTRY_CODE = "000000"
XPCC_CODE = "660000"
XPCC_CITY_PREFIX = "6590"


def xpcc_division_code(seq):
    """Return the authority code of a division: 660001 for 第一师. It is the portal's own, not GB/T 2260."""
    return f"66{int(seq):04d}"


class Divisions:
    """The CSV rows together with the questions that the loaders ask about them."""

    def __init__(self):
        self.rows = read("admin_divisions")
        self.provincial = read("municipal_authorities")
        self.xpcc = read("xpcc_divisions")

    @cached_property
    def provincial_codes(self):
        """Codes of the 37 provincial-level departments."""
        return {row["code"] for row in self.provincial}

    @cached_property
    def _xpcc_city(self):
        return {row["city_code"]: xpcc_division_code(row["seq"]) for row in self.xpcc if row["city_code"]}

    @cached_property
    def parents(self):
        """Codes that have divisions below them."""
        return {row["parent_code"] for row in self.rows}

    def has_own_authority(self, row):
        """Whether a division below the provincial level gets an authority of its own."""
        code = row["code"]
        return bool(row["parent_code"]) and code not in self.provincial_codes and not code.startswith(XPCC_CITY_PREFIX)

    def level_below_province(self, row):
        """CITY for the first level below a provincial-level department whatever its name, else COUNTY."""
        return AuthorityLevel.CITY if row["parent_code"] in self.provincial_codes else AuthorityLevel.COUNTY

    def authority_code(self, row):
        """Return the code of the lowest authority for a division, or None (台湾, 香港 and 澳门 have none here)."""
        code = row["code"]
        if code.startswith(XPCC_CITY_PREFIX):
            return self._xpcc_city.get(code, XPCC_CODE)
        if code in self.provincial_codes or row["parent_code"]:
            return code
        return None

    def is_leaf(self, row):
        """Whether an enterprise may be registered here: nothing below, and an authority that answers for it."""
        return row["code"] not in self.parents and self.authority_code(row) is not None

"""中小企业划型标准 (工信部联企业〔2011〕300号, domain.md §6) as rows, so that its announced revision is a new file."""
from decimal import Decimal

from accounts.models import SizeStandard
from accounts.reference.files import read, upsert

EDITION = "2011"
FIGURES = ("employees", "revenue", "assets")  # persons, 万元, 万元


def load_size_standards():
    """Upsert the sixteen rows of the edition."""
    standards = [
        SizeStandard(
            key=row["key"],
            edition=EDITION,
            industry_name=row["industry"],
            prefixes=row["gbt4754_codes"].split(";"),
            excluded=[code for code in row["gbt4754_exclude"].split(";") if code],
            bounds={
                "rule": row["sme_rule"],
                "sme": _bounds(row, "sme", "lt"),
                "medium": _bounds(row, "medium", "ge"),
                "small": _bounds(row, "small", "ge"),
            },
        )
        for row in read("sme_size_standards")
    ]
    upsert(
        SizeStandard, standards, unique=["edition", "key"], update=["industry_name", "prefixes", "excluded", "bounds"]
    )
    return {"中小企业划型标准": len(standards)}


def _bounds(row, name, side):
    cells = {figure: row[f"{name}_{figure}_{side}"] for figure in FIGURES}
    return {figure: int(Decimal(cell)) for figure, cell in cells.items() if cell}

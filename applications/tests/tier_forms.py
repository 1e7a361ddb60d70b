"""Filling a form edition of 专精特新 or 小巨人 in a test: typed answers → what the enterprise is told."""
from accounts.tests.factories import make_enterprise
from applications.kinds.base import record_text
from applications.tests import filled_little_giant, filled_specialized
from applications.tests.filled_tiers import DIGITAL, PERIOD

FILLED = {"specialized": filled_specialized, "little_giant": filled_little_giant}
CODES = [code for module in FILLED.values() for code in module.TYPED_BY_EDITION]


def filled_of(code):
    """Return the module with the complete answers of an edition."""
    return FILLED[code.partition("-")[0]]


def typed(code):
    """Return the complete answers of an edition."""
    return filled_of(code).TYPED_BY_EDITION[code]


def changed(code, section, **fields):
    """Return the complete answers of an edition with some fields of one section replaced."""
    return typed(code) | {section: typed(code)[section] | fields}


class Desk:
    """Fills one edition for one enterprise (founded 2015-05-08, 南京玄武)."""

    def __init__(self, code, edition=None, region="320102"):
        self.code = code
        self.edition = edition or filled_of(code).EDITIONS[code]
        enterprise = make_enterprise(region=region)
        section = self.edition.section("basic")
        self.basic = {name: record_text(enterprise, name) for name in section.base_fields if hasattr(enterprise, name)}

    def fill(self, values, slots=None, digital=DIGITAL):
        """Return the FilledForm of typed answers, with a file in each slot (all that are needed by default)."""
        slots = filled_of(self.code).SLOTS_BY_EDITION[self.code] if slots is None else slots
        answers = values | {"basic": self.basic | values.get("basic", {}), "digital": digital}
        return self.edition.fill(answers, period=PERIOD, slot_counts=dict.fromkeys(slots, 1))

    def problems(self, values, **options):
        """Return {(section, field): message} of everything that is wrong."""
        return {(each.section, each.field): each.message for each in self.fill(values, **options).problems()}

    def warnings(self, values):
        """Return {(section, field): message} of what looks like a slip."""
        return {(each.section, each.field): each.message for each in self.fill(values).warnings}

    def facts(self, values):
        """Return the facts of typed answers."""
        return self.fill(values).facts

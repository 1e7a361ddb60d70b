"""What the checks of every kind look at: a filing that is being submitted, and the payload of its snapshot."""
from dataclasses import dataclass
from functools import cached_property

from portal.tools.crypto import unseal
from reviews.queries.content import FIELD, targets_of


@dataclass(frozen=True)
class Submission:
    """The case of reviews' own checks. ``filing`` stands at its first desk; nothing here writes."""

    filing: object
    payload: dict

    @cached_property
    def _values(self):
        return {
            (section["key"], item["key"]): item["value"]
            for section in self.payload["sections"]
            for item in section["items"]
            if item["type"] == FIELD
        }

    def value(self, section, key):
        """Return what was typed in a field, personal values opened; "" when the form does not ask it."""
        return str(unseal(self._values.get((section, key), "")))

    def place(self, section, key):
        """Return {"section", "field"} for an Odd at this field, both "" when the form has no such place."""
        known = f"{section}.{key}" in targets_of(self.payload)
        return {"section": section, "field": key} if known else {"section": "", "field": ""}

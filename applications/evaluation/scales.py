"""A documented scale: from a figure or an option to a share (%) of the full points."""
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from applications.computed import plain


@dataclass(frozen=True)
class Scale:
    """Either ``knots`` ((figure, share in %), rising figures; straight lines between, flat outside) or ``options``."""

    knots: tuple[tuple[Decimal, Decimal], ...] = ()
    options: Mapping[str, Decimal] | None = None

    @classmethod
    def from_data(cls, data: Mapping) -> "Scale":
        """Read a scale of the data file. Raises ValueError when the figures do not rise."""
        if "options" in data:
            return cls(options={name: Decimal(str(share)) for name, share in data["options"].items()})
        knots = tuple((Decimal(str(figure)), Decimal(str(share))) for figure, share in data["knots"])
        figures = [figure for figure, _ in knots]
        if len(knots) < 2 or figures != sorted(set(figures)):
            raise ValueError(f"the figures of a scale must rise: {figures}")
        return cls(knots=knots)

    def share(self, value) -> Decimal:
        """The share in % for a figure (Decimal) or an option (text). Raises ValueError for an unknown option."""
        if self.options is not None:
            if value not in self.options:
                raise ValueError(f"a scale has no option {value!r}")
            return self.options[value]
        first, last = self.knots[0], self.knots[-1]
        if value <= first[0]:
            return first[1]
        if value >= last[0]:
            return last[1]
        for (low, below), (high, above) in zip(self.knots, self.knots[1:], strict=False):
            if value <= high:
                return below + (above - below) * (value - low) / (high - low)
        raise AssertionError("unreachable: the value lies between the first and the last figure")

    def in_words(self) -> str:
        """The knots in words: '0→0%，3→60%，10→100%'; empty for options."""
        return "，".join(f"{plain(figure)}→{plain(share)}%" for figure, share in self.knots)

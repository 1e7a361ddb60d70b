"""When evidence is asked for (domain.md §5.6): one function of the facts for each claim that needs proof."""
from applications.forms.shared.choices import IpClass, IpKind

_PATENTS = frozenset({IpKind.INVENTION, IpKind.UTILITY, IpKind.DESIGN})


def claimed(name):
    """Return the rule that an answer 是 needs its proof."""
    return lambda facts: facts[name] is True


def ticked(name):
    """Return the rule that ticked boxes need their proof."""
    return lambda facts: bool(facts[name])


def has_ip(facts):
    """Whether any 知识产权 is listed."""
    return bool(facts["ip"])


def has_other_class1(facts):
    """Whether a Ⅰ类 is listed that is no patent: for domestic patents no certificate is asked (190号, §1.8)."""
    return any(row["ip_class"] == IpClass.ONE and row["kind"] not in _PATENTS for row in facts["ip"] if row["kind"])


def has_bodies(facts):
    """Whether a 研发机构 is listed."""
    return bool(facts["rd_bodies"])


def has_equity(facts):
    """Whether 股权融资 is listed."""
    return bool(facts["equity"])


def has_quality_level(facts):
    """Whether a quality certificate or award is claimed."""
    return facts["quality_level"] not in (None, "", "none")

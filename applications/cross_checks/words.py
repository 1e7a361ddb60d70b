"""Words that the messages of the checks share."""
from applications.forms.describing import show


def quoted(figure, unit):
    """Return “5,600”万元."""
    return f"“{show(figure)}”{unit}"


def percent(part, whole):
    """Return part / whole in percent with one decimal at most, e.g. 95.5%."""
    return f"{show(round(part * 100 / whole, 1))}%"


def difference(now, then):
    """Return by how much ``now`` differs from ``then``, in percent of ``then``; None when that was 0."""
    return abs(now - then) * 100 / abs(then) if then else None

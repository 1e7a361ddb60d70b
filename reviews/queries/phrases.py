"""The standing phrases offered to an officer for a decision: his authority's, and those of the authorities above."""
from accounts.models import Authority
from reviews.models import Phrase

#: The nearest authority first.
_LEVELS = {"county": 0, "city": 1, "province": 2, "ministry": 3}


def phrases_for(user, action):
    """Return the phrases in use for ``action``, each with its authority: the officer's own first, then upwards."""
    parents = Authority.objects.filter(pk=user.authority.parent_id)
    grandparents = Authority.objects.filter(pk__in=parents.values("parent"))
    offered = Phrase.objects.filter(action=action, is_active=True, authority=user.authority_id)
    for above in (parents, grandparents, Authority.objects.filter(pk__in=grandparents.values("parent"))):
        offered |= Phrase.objects.filter(action=action, is_active=True, authority__in=above.values("pk"))
    rows = offered.select_related("authority").order_by("position", "id")
    return sorted(rows, key=lambda phrase: _LEVELS[phrase.authority.level])


def phrase_choices(phrases):
    """Return the choices of a select box: one group for each authority, named after it."""
    groups = {}
    for phrase in phrases:
        groups.setdefault(f"{phrase.authority.name}的常用语", []).append((str(phrase.pk), phrase.text))
    return [("", "请选择"), *groups.items()]

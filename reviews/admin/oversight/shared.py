"""What the pages of 工作监督 share."""
from django.http import Http404

from reviews.queries.oversight import authority_below, oversees

FOLDER = "admin/reviews/oversight"


def overseer_only(request):
    """Raise Http404 for who has nobody below: operators and county officers."""
    if not oversees(request.user):
        raise Http404("没有下级主管部门。")


def open_authority(request, pk):
    """Return the officer's own authority or one below it. Raises Http404."""
    overseer_only(request)
    is_number = str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 10
    authority = authority_below(request.user, int(pk)) if is_number else None
    if authority is None:
        raise Http404("没有这个部门，或者它不在您的管辖范围内。")
    return authority


def trail(user, authority):
    """Return the authorities from just below the officer's own down to this one."""
    found = []
    while authority is not None and authority.pk != user.authority_id:
        found.append(authority)
        authority = authority.parent
    return found[::-1]


def page_number(value):
    """Return a number out of a query string, or None."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

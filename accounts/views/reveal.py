"""【显示】: a personal value of an account or a request in full, after it is logged."""
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services.reveal import reveal as reveal_value
from portal.tools.access import STAFF, opens_to, safe_next, wants_json


@require_POST
@opens_to(STAFF)
@never_cache
def reveal(request, what, row_id, field):
    """Show one value of an account or a request."""
    label, value = reveal_value(actor=request.user, what=what, row_id=row_id, field=field, request=request)
    return revealed(request, label, value)


def revealed(request, label, value):
    """Answer with the value: JSON for the page's script, else a page of its own with the way back (``next``)."""
    shown = value or "未填写"
    if wants_json(request):
        return JsonResponse({"label": label, "value": shown})
    return render(request, "includes/revealed.html", {"label": label, "value": shown, "next": safe_next(request)})

"""The portal's addresses with one more, for benchmarks/fill.py: a bare view that writes one JSON row."""
from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from portal.tools.access import SIGNED_IN, opens_to
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as of_the_portal
from reviews.models import Filing

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_POST
@opens_to(SIGNED_IN)
@transaction.atomic
def bare(request, filing_id):
    """Write what was posted into the JSON of one row, answer with one number: the least that an autosave could do."""
    row = Filing.objects.select_for_update().only("version", "answers").get(pk=filing_id)
    row.answers["basic"] |= {name: request.POST[name] for name in request.POST if name in row.answers["basic"]}
    row.version += 1
    row.save(update_fields=["answers", "version"])
    return JsonResponse({"version": row.version})


urlpatterns = [path("bare/<int:filing_id>/", bare), *of_the_portal]

"""The portal with one more address, for benchmarks/fill.py: a bare view that writes one JSON row."""
import json
import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
settings.ROOT_URLCONF = "benchmarks.fill_site"
django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from portal.tools.access import SIGNED_IN, opens_to
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as of_the_portal
from reviews.models import Filing

__all__ = ["application", "handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_POST
@opens_to(SIGNED_IN)
@ensure_csrf_cookie
@transaction.atomic
def bare(request, filing_id):
    """Write what was posted as the JSON of one row and answer with one number: the least that an autosave could do."""
    row = Filing.objects.select_for_update().only("version", "answers").get(pk=filing_id)
    row.answers = row.answers | {"basic": dict(request.POST.items())}
    row.version += 1
    row.save(update_fields=["answers", "version"])
    return JsonResponse(json.loads(json.dumps({"version": row.version})))


urlpatterns = [path("bare/<int:filing_id>/", bare), *of_the_portal]
application = get_wsgi_application()

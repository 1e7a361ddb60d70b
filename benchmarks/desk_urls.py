"""The portal's addresses with one more, for benchmarks/desk.py: a bare page behind the sign-in of the desk."""
from django.contrib import admin
from django.http import HttpResponse
from django.urls import path

from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as of_the_portal

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request):
    """Answer with one line: session, account and authority are read, nothing else."""
    return HttpResponse(request.user.authority.name)


urlpatterns = [path("bare/", admin.site.admin_view(bare)), *of_the_portal]

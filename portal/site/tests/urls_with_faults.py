"""The portal's addresses and a few that fail on purpose, for the tests of the error pages."""
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.urls import path

from portal.tools.errors import WrongState
from portal.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def broken(request):
    raise RuntimeError("a fault of ours")


def denied(request):
    raise PermissionDenied("internal reason")


def suspicious(request):
    raise SuspiciousOperation("internal reason")


def too_large(request):
    raise RequestDataTooBig("internal reason")


def refused(request):
    raise WrongState("该申报已提交，不能修改。", link="/windows/", link_label="查看当前可申报省市")


def form(request):
    return HttpResponse("saved")


urlpatterns = [
    *urlpatterns,
    path("test/broken/", broken),
    path("test/denied/", denied),
    path("test/suspicious/", suspicious),
    path("test/large/", too_large),
    path("test/refused/", refused),
    path("test/form/", form),
]

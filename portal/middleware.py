"""Turns a refusal of a service into a page (or JSON) with the right status code."""
from django.http import JsonResponse
from django.shortcuts import render

from portal.tools.access import wants_json
from portal.tools.errors import Refused


class RefusalMiddleware:
    """Render ``Refused`` raised by a view that did not handle it itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Pass the request on unchanged."""
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer a ``Refused`` with its own sentence and status; leave other exceptions alone."""
        if not isinstance(exception, Refused):
            return None
        if wants_json(request):
            return JsonResponse({"code": exception.code, "message": exception.message}, status=exception.status)
        return render(request, "refused.html", {"refusal": exception}, status=exception.status)

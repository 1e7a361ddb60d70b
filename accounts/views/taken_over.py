"""What an enterprise is told whose account was verified by its licence or by the unified login at sign-in."""
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.services.take_over import TAKEN_OVER
from accounts.views.session import start_page
from portal.tools.access import ENTERPRISE, opens_to, safe_next

SESSION_KEY = "taken_over"


@require_http_methods(["GET", "HEAD"])
@opens_to(ENTERPRISE)
def taken_over(request):
    """Say that the old password and mobile are void, and where new ones are bound; only in the session it happened."""
    user, path = request.user, safe_next(request) or start_page(request.user)
    if SESSION_KEY not in request.session:
        return HttpResponseRedirect(path)
    sentence = TAKEN_OVER.format(name=user.verified_name, uscc=user.uscc)
    return render(request, "accounts/taken_over.html", {"sentence": sentence, "next": path})


def go_to_taken_over(request, path):
    """Return the redirect to the page, which leads on to ``path`` (or, when blank, to the start page)."""
    request.session[SESSION_KEY] = True
    query = f"?{urlencode({'next': path})}" if path else ""
    return HttpResponseRedirect(reverse("accounts:taken_over") + query)

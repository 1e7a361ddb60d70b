"""What an enterprise is told whose account was verified by its licence or by the unified login at sign-in."""
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.services.take_over import TAKEN_OVER
from accounts.views.session import start_page
from portal.tools.access import ENTERPRISE, opens_to, safe_next


@require_http_methods(["GET", "HEAD"])
@opens_to(ENTERPRISE)
def taken_over(request):
    """Say that the old password and mobile are void, and where new ones are bound."""
    user = request.user
    context = {
        "sentence": TAKEN_OVER.format(name=user.verified_name, uscc=user.uscc),
        "next": safe_next(request) or start_page(user),
    }
    return render(request, "accounts/unified_taken_over.html", context)


def taken_over_page(path):
    """Return the address of the page, which leads on to ``path`` (or, when blank, to the start page)."""
    query = f"?{urlencode({'next': path})}" if path else ""
    return reverse("accounts:taken_over") + query

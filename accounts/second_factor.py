"""Has this session passed the second factor (动态口令)? Asked before every page that is not public.

Officers and operators sign in with a password and a code (design.md §7). Which binding a session has passed is written
into the session (services.second_factor.mark_passed); whether that binding still exists comes with the account
itself: the sign-in backend reads the id of the present one in the same query. So the question costs no query of its
own, and a reset or a new binding takes effect with the next request, whatever an old session says. django-otp's own
middleware would read the device once more for each request, which is why it is not installed.
"""
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice


def with_binding(accounts):
    """Return the accounts, each with ``binding_id``: the id of its bound authenticator, or None."""
    bound = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True).values("pk")[:1]
    return accounts.annotate(binding_id=Subquery(bound))


def is_bound(user):
    """Tell whether the account of a request has an authenticator; False for one that the backend did not load."""
    return getattr(user, "binding_id", None) is not None


def has_passed(request):
    """Tell whether this session has passed the second factor with the binding that the account has now."""
    if not is_bound(request.user):
        return False
    return request.session.get(DEVICE_ID_SESSION_KEY) == TOTPDevice(pk=request.user.binding_id).persistent_id


def next_step(request):
    """Return the address to visit before any other page: the code, or binding an authenticator. None when done.

    Enterprises and persons have no second factor.
    """
    if not request.user.is_staff or has_passed(request):
        return None
    address = reverse("accounts:totp" if is_bound(request.user) else "accounts:totp_enrol")
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    return f"{address}?{urlencode({'next': wanted})}" if wanted else address

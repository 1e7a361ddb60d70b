"""How long the session still lasts: asked by the script of the warning, prolonged by 【继续使用】."""
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.tools.access import SIGNED_IN, opens_to


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(SIGNED_IN, before_second_factor=True)
@never_cache
def session_state(request):
    """Answer with the seconds that are left (a full session again, for this was a request) and a form token.

    The token lets a page that was open during a new login in another tab go on posting.
    """
    return JsonResponse(
        {"seconds": request.session.get_expiry_age(), "csrf": get_token(request), "account": request.user.pk}
    )

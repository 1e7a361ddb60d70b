"""退出 ends the session of this portal only; somebody who came by the unified login is told so."""
from django.contrib import messages

SESSION_KEY = "unified"
SENTENCE = (
    "您已退出本平台。统一登录系统可能仍处于登录状态：使用公共电脑时，请到【政务服务平台】同时退出，或关闭浏览器。"
)


def mark(request):
    """Remember that this session was opened by the unified login."""
    request.session[SESSION_KEY] = True


def tell(sender, request, user, **kwargs):
    """Leave the sentence for the page that follows."""
    if request is not None and request.session.get(SESSION_KEY):
        messages.info(request, SENTENCE, fail_silently=True)

"""【获取验证码】: the answer of a page's script, and the same in words for a page without script."""
from django.conf import settings
from django.http import JsonResponse

from accounts.services.codes import TooManyCodes, send_code
from portal.tools.crypto import mask

SENT = "验证码已发送到 {mobile}，{minutes} 分钟内有效。"
#: In 【忘记密码】 nobody is told whether the account and the number belong together.
SENT_IF_RIGHT = (
    "如果登录名（或统一社会信用代码）与绑定手机号一致，验证码已发送到 {mobile}，{minutes} 分钟内有效。"
    "没有收到的，请核对后返回上一步修改。"
)


def sent_sentence(mobile, *, certain=True):
    """Return what is said after a code was asked for."""
    words = SENT if certain else SENT_IF_RIGHT
    return words.format(mobile=mask(mobile), minutes=settings.CODE_SECONDS // 60)


def answer_code_request(*, certain=True, **asked):
    """Send a code and answer static/js/sms-code.js: {ok, message, wait}, ``wait`` in seconds.

    ``asked`` are the arguments of accounts.services.codes.send_code.
    """
    try:
        wait = send_code(**asked)
    except TooManyCodes as refusal:
        return refuse_code_request(refusal.message, code=refusal.code, wait=refusal.wait, status=refusal.status)
    return JsonResponse({"ok": True, "message": sent_sentence(asked["mobile"], certain=certain), "wait": wait})


def refuse_code_request(message, *, code="invalid", wait=0, status=422):
    """Answer the script with the reason why no code was sent."""
    return JsonResponse({"ok": False, "code": code, "message": message, "wait": wait}, status=status)

"""Error pages in plain Chinese; the portal's own scripts get the same sentence as JSON."""
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.tools.access import wants_json

CSRF_SENTENCE = "页面已过期，刚才的操作没有执行。您填写的内容仍在本页，请刷新页面后重试。"
TOO_LARGE_SENTENCE = "填写的内容太多，超过一次可以保存的数量，没有保存。请减少内容后重试，较长的材料请作为佐证材料上传。"


def bad_request(request, exception=None):
    """400: the address or the data cannot be understood; 413: there is more of it than a form may send."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return _answer(request, 413, "too_large", TOO_LARGE_SENTENCE, template="400.html")
    return _answer(request, 400, "bad_request", "请求的内容无法识别，操作没有执行。请返回上一页检查后重试。")


def forbidden(request, exception=None):
    """403: the account may not open the page."""
    return _answer(request, 403, "not_permitted", "您的账户无权打开此页面或进行此操作。")


def not_found(request, exception=None):
    """404: there is nothing at this address, or nothing that this account may see."""
    return _answer(request, 404, "not_found", "没有找到该页面。")


def server_error(request):
    """500: our fault. Reads nothing from the database, which may be what failed."""
    if wants_json(request):
        return JsonResponse({"code": "server_error", "message": "系统暂时无法完成操作，请稍后再试。"}, status=500)
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request, reason=""):
    """403: the form was sent with a token that no longer fits. Says that nothing is lost and how to go on."""
    if wants_json(request):
        return JsonResponse({"code": "csrf", "message": CSRF_SENTENCE}, status=403)
    return render(request, "site/csrf_failure.html", status=403)


def _answer(request, status, code, message, template=None):
    if wants_json(request):
        return JsonResponse({"code": code, "message": message}, status=status)
    return render(request, template or f"{status}.html", {"message": message}, status=status)

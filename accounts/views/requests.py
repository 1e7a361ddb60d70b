"""进度查询 of a request to an officer, and its evidence for the officer who decides."""
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.enums import RequestState
from accounts.forms.mobile_change import RequestStateForm
from accounts.models import MobileChangeRequest, RealNameRequest
from accounts.queries.requests import find_request, for_officer
from accounts.services.access_log import log_access
from accounts.services.look_ups import count_look_up
from accounts.services.requests import telephone
from portal.tools.access import OFFICER, PUBLIC, opens_to
from portal.tools.downloads import as_download, open_stored
from portal.tools.errors import Refused

KINDS = {"mobile-change": MobileChangeRequest, "real-name": RealNameRequest}
NOT_FOUND = "没有找到与受理编号“{receipt}”和核对信息都相符的申请。请按短信或提交后页面显示的内容核对后重新查询。"


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@never_cache
def state(request):
    """进度查询: by 受理编号 and something that only the applicant knows; limited per address."""
    if request.method != "POST":
        return render(request, "accounts/request_state.html", {"form": RequestStateForm()})
    form, status, found = RequestStateForm(request.POST), 422, None
    if form.is_valid():
        try:
            count_look_up(request=request)
            found = find_request(form.cleaned_data["receipt"], form.cleaned_data["proof"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            status = 200 if found else 404
            if found is None:
                form.add_error(None, NOT_FOUND.format(receipt=form.cleaned_data["receipt"]))
    context = {"form": form, "found": found}
    if found is not None:
        context |= {
            "matter": found._meta.verbose_name,
            "sentence": state_sentence(found),
            "telephone": telephone(found.authority),
        }
    return render(request, "accounts/request_state.html", context, status=status)


def state_sentence(row):
    """Return in words where a request is and what comes next."""
    submitted = f"{timezone.localtime(row.created_at):%Y年%m月%d日}提交"
    decided = f"{timezone.localtime(row.decided_at):%Y年%m月%d日}" if row.decided_at else ""
    is_mobile = isinstance(row, MobileChangeRequest)
    match row.state:
        case RequestState.PENDING:
            return f"{submitted}，等待{row.authority.name}办理。办理结果将以短信发送。"
        case RequestState.APPROVED:
            done = (
                "绑定手机号已改为新手机号。忘记密码的，请在登录页点击【忘记密码】重新设置登录密码。"
                if is_mobile
                else "实名认证已生效。企业名称有更正的，请在企业基本情况中点击【实名信息同步】。"
            )
            return f"{submitted}，{row.authority.name}于{decided}审核通过，{done}"
        case RequestState.REJECTED:
            return f"{submitted}，{row.authority.name}于{decided}审核未通过。原因：{row.comment} 请按原因改正后重新提交申请。"
        case _:
            return f"{submitted}，申请人已撤销。如仍需办理，请重新提交申请。"


@require_GET
@opens_to(OFFICER)
def evidence(request, kind, request_id):
    """Send the evidence of a request to an officer of the authority that decides it; every download is logged."""
    if kind not in KINDS:
        raise Http404
    row = for_officer(KINDS[kind].objects.all(), request.user).filter(pk=request_id).first()
    if row is None:
        raise Http404
    content = open_stored(
        row.evidence, f"证明材料“{row.evidence_name}”在服务器上已找不到。请联系技术支持电话恢复，或不予通过并请申请人重新提交。"
    )
    action = f"下载{row._meta.verbose_name}材料"
    log_access(actor=request.user, action=action, subject=f"{row} {row.evidence_name}", request=request)
    return as_download(content, row.evidence_name)

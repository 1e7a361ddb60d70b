"""手机号修改申请 and 人工实名认证申请 at the desk: the list, one request beside its account, one decision each."""
from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from accounts.admin.base import DeskAdmin
from accounts.enums import RequestState
from accounts.models import MobileChangeRequest, RealNameRequest
from accounts.queries.requests import answer_mobile, compare, for_officer, may_decide
from accounts.services.mobile_change import NO_ACCOUNT, decide_mobile_change
from accounts.services.real_name import decide_real_name
from accounts.services.requests import COMMENT_MAX
from portal.tools.crypto import mask
from portal.tools.errors import Refused
from portal.tools.text import is_id

ALL = "all"
STATES = [(RequestState.PENDING.value, "待办理"), (RequestState.APPROVED.value, "已通过"),
          (RequestState.REJECTED.value, "未通过"), (RequestState.CANCELLED.value, "已撤销"), (ALL, "全部")]  # fmt: skip


class StateFilter(admin.SimpleListFilter):
    """By state; 待办理 unless another is chosen."""

    title = "状态"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        """Return the states and 全部."""
        return STATES

    def value(self):
        """Return the chosen state; one that is not offered means 待办理."""
        value = super().value()
        return value if value in dict(STATES) else RequestState.PENDING.value

    def queryset(self, request, queryset):
        """Limit to the state."""
        return queryset if self.value() == ALL else queryset.filter(state=self.value())

    def choices(self, changelist):
        """Yield the states as links; there is no entry of Django's own for all."""
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }


class CommentForm(forms.Form):
    """办理意见; a rejection needs one."""

    comment = forms.CharField(
        label="办理意见",
        max_length=COMMENT_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": f"办理意见：超过上限 {COMMENT_MAX} 个字，请缩短。"},
    )

    def __init__(self, *args, approve, **kwargs):
        """Say who reads it."""
        super().__init__(*args, **kwargs)
        field = self.fields["comment"]
        field.required = not approve
        field.error_messages["required"] = "办理意见：不予通过必须写明原因，申请人会收到该原因。请填写后再确认。"
        field.help_text = "留存备查，申请人可以看到。" if approve else "写明哪里不符、应如何改正，会以短信发给申请人。"


class RequestAdmin(DeskAdmin):
    """What both lists share. Officers see the requests of their own authority and nobody else's."""

    list_display = ["receipt", "enterprise_name", "uscc", "created_at", "state", "decided_at"]
    list_display_links = ["receipt", "enterprise_name"]
    list_filter = [StateFilter]
    ordering = ["id"]  # the longest waiting first
    sortable_by = ()
    actions = None
    search_fields = ["=receipt", "=uscc", "^enterprise_name"]
    search_help_text = "按受理编号、统一社会信用代码或企业名称开头查找"
    kind = ""  # in the addresses of the evidence and of what is shown in full

    def may_read(self, user):
        """Officers of any role; operators see nothing of what holds personal data."""
        return user.is_authenticated and user.is_active and user.is_officer

    def get_queryset(self, request):
        """Limit to the officer's own authority."""
        return for_officer(super().get_queryset(request), request.user)

    def get_urls(self):
        """Add the two decisions."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<int:request_id>/approve/", self.admin_site.admin_view(self.approve), name=f"{name}_approve"),
            path("<int:request_id>/reject/", self.admin_site.admin_view(self.reject), name=f"{name}_reject"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what is stated beside what the account has."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row = self._row(request, object_id)
        context = {
            "title": row.enterprise_name,
            "rows": compare(row),
            "kind": self.kind,
            "evidence": reverse("accounts:request_evidence", args=[self.kind, row.pk]),
            "may_decide": row.state == RequestState.PENDING and may_decide(request.user, row),
            "may_approve": self.problem(row) == "",
            "problem": self.problem(row) if row.state == RequestState.PENDING else "",
            "approve": self._address("approve", row),
            "reject": self._address("reject", row),
        }
        return self._page(request, "admin/accounts/request_detail.html", row, context)

    def approve(self, request, request_id):
        """【通过】."""
        return self._decide(request, request_id, approve=True)

    def reject(self, request, request_id):
        """【不予通过】."""
        return self._decide(request, request_id, approve=False)

    def problem(self, row):
        """Return why this request cannot be approved, or ""."""
        return ""

    def outcome(self, row, *, approve):
        """Return the sentences that say what a decision does."""
        raise NotImplementedError

    def carry_out(self, **decision):
        """Call the service of the kind."""
        raise NotImplementedError

    def _decide(self, request, request_id, *, approve):
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        row = self._row(request, request_id)
        form, status = CommentForm(approve=approve), 200
        if request.method == "POST":
            form, status = CommentForm(request.POST, approve=approve), 422
            if form.is_valid():
                try:
                    self.carry_out(
                        officer=request.user,
                        request_id=row.pk,
                        approve=approve,
                        comment=form.cleaned_data["comment"],
                        request=request,
                    )
                except Refused as refusal:
                    form.add_error(None, refusal.message)
                    status = refusal.status
                else:
                    label = "已通过" if approve else "未通过"
                    messages.success(request, f"受理编号 {row.receipt}：{label}，结果将以短信告知申请人。")
                    return HttpResponseRedirect(self._address("changelist"))
        label = "通过" if approve else "不予通过"
        context = {
            "title": f"{label}：{row.enterprise_name}",
            "form": form,
            "label": label,
            "button": "approve" if approve else "reject",
            "sentences": self.outcome(row, approve=approve),
            "open": row.state == RequestState.PENDING and may_decide(request.user, row),
        }
        return self._page(request, "admin/accounts/request_decide.html", row, context, status)

    def _row(self, request, request_id):
        """Return the request when the officer's own authority has it, else answer 404."""
        rows = for_officer(self.model.objects.all(), request.user)
        rows = rows.select_related("account__enterprise__registered_region", "region", "authority", "decided_by")
        row = rows.filter(pk=request_id).first() if is_id(request_id) else None
        if row is None:
            raise Http404
        return row

    def _address(self, page, row=None):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=[row.pk] if row else [])

    def _page(self, request, template, row, context, status=200):
        shared = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "row": row,
            "mobile": mask(answer_mobile(row)),
            "list_url": self._address("changelist"),
            "back": self._address("change", row),
        }
        request.current_app = self.admin_site.name
        return render(request, template, shared | context, status=status)


@admin.register(MobileChangeRequest)
class MobileChangeRequestAdmin(RequestAdmin):
    """手机号修改申请."""

    kind = "mobile-change"

    def problem(self, row):
        """A code without an account can only be rejected."""
        return NO_ACCOUNT if row.account_id is None else ""

    def outcome(self, row, *, approve):
        """Say who is told and what changes."""
        new = mask(row.new_mobile)
        if not approve:
            return [f"账户的绑定手机号不变，原因以短信发送到新手机号 {new}。", "申请人可以改正后重新申请。"]
        if row.account_id is None:
            return [NO_ACCOUNT]
        sentences = [
            f"账户“{row.account.login_name}”的绑定手机号由 {mask(row.account.mobile) or '未绑定'} 改为 {new}，立即生效。",
            "该账户在所有设备上退出登录；结果以短信发送到新手机号，并告知原手机号。",
        ]
        if not row.account.real_name_verified_at:
            sentences.append("该账户尚未实名认证，原密码同时失效，须通过【忘记密码】重新设置。")
        return sentences

    def carry_out(self, **decision):
        """Decide."""
        return decide_mobile_change(**decision)


@admin.register(RealNameRequest)
class RealNameRequestAdmin(RequestAdmin):
    """人工实名认证申请."""

    kind = "real-name"

    def outcome(self, row, *, approve):
        """Say who is told and what changes."""
        if not approve:
            return ["账户的实名认证信息不变，原因以系统消息和短信告知申请人。", "申请人可以改正后重新提交。"]
        return [
            f"账户“{row.account.login_name}”的实名认证名称为“{row.enterprise_name}”，统一社会信用代码为 {row.uscc}，立即生效。",
            "企业信息中的名称不会自动改变：未获得称号的企业自行【实名信息同步】，已获得称号的企业须办理【名称变更申请】。",
        ]

    def carry_out(self, **decision):
        """Decide."""
        return decide_real_name(**decision)

"""消息与短信: the outbox, for operators. Nothing is edited; an SMS of unknown fate can be sent again."""
from django.contrib import admin, messages

from accounts.admin.base import DeskAdmin
from accounts.models import Notice
from accounts.queries.officers import is_operator
from accounts.services.notices import resend_notice
from portal.tools.crypto import mask
from portal.tools.errors import Refused


@admin.register(Notice)
class NoticeAdmin(DeskAdmin):
    """The outbox with its states; telephone numbers are masked."""

    list_display = ["id", "title", "account", "channel", "state", "attempts", "created_at", "sent_at"]
    list_display_links = ["id", "title"]
    list_filter = ["state", "channel"]
    list_select_related = ["recipient"]
    search_fields = ["=recipient__login_name", "=recipient__uscc", "^key"]
    search_help_text = "按收件账户的登录名、统一社会信用代码或幂等键开头查找"
    fields = [
        "title", "body", "account", "channel", "masked_mobile", "state", "attempts", "next_attempt_at", "claimed_at",
        "sent_at", "provider_answer", "read_at", "link", "key", "created_at",
    ]  # fmt: skip
    actions = ["resend"]

    @admin.display(description="收件账户", ordering="recipient")
    def account(self, notice):
        """Name the account by what it is verified as, and by its login name."""
        recipient = notice.recipient
        if recipient is None:
            return "-"  # an SMS to a number that has no account yet
        return f"{recipient.verified_name or recipient.person_name} {recipient.login_name}".strip()

    @admin.display(description="手机号")
    def masked_mobile(self, notice):
        """Show the number with its middle hidden."""
        return mask(notice.mobile) or "-"

    def has_resend_permission(self, request):
        """Operators decide whether a text goes out once more."""
        return is_operator(request.user)

    @admin.action(description="重新发送（仅“结果不明”“发送失败”的短信）", permissions=["resend"])
    def resend(self, request, queryset):
        """Queue the chosen SMS again, one by one, and say what became of each."""
        queued = 0
        for notice_id in queryset.values_list("pk", flat=True):
            try:
                resend_notice(notice_id=notice_id, actor=request.user, request=request)
                queued += 1
            except Refused as refusal:
                self.message_user(request, refusal.message, messages.WARNING)
        if queued:
            self.message_user(request, f"已将 {queued} 条短信重新列入待发送。", messages.SUCCESS)

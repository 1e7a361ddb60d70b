"""Telling the enterprises that are filling in a filing that its window closes earlier or later than they knew."""
from django.utils import timezone

from accounts.services.notices import notify_many
from reviews.enums import State
from reviews.kinds import get_kind
from reviews.models import Filing

MOMENT = "%Y年%m月%d日 %H:%M"


def drafts_of(window):
    """Return the drafts that were opened in a window and are not submitted yet."""
    return Filing.objects.filter(window=window, state=State.DRAFT)


def tell_of_closing(window, before):
    """Write a 系统消息 to each enterprise with a draft of the window, whose closing time was ``before``; return how many.

    The key holds the new time: whoever was told of it is not told again.
    """
    kind = get_kind(window.kind)
    what = f"{window.authority.short_name}的“{kind.title}”"
    old, new = (timezone.localtime(moment).strftime(MOMENT) for moment in (before, window.closes_at))
    if window.closes_at > before:
        title = f"{kind.title}截止时间延长"
        body = f"{what}的截止时间由 {old} 延长到 {new}。您填写中的内容已保存，请在截止前完成并【提交】。"
    elif window.closes_at <= timezone.now():
        title = f"{kind.title}已提前截止"
        body = (
            f"{what}已于 {new} 提前截止（原定 {old}），尚未提交的不能再提交。您填写中的内容保留在平台上，"
            f"下次开放时间请关注{window.authority.name}的通知{_telephone(window.authority)}。"
        )
    else:
        title = f"{kind.title}截止时间提前"
        body = f"{what}的截止时间由 {old} 提前到 {new}。您填写中的内容已保存，请在截止前完成并【提交】。"
    drafts = drafts_of(window).select_related("enterprise__account").defer("answers")
    stamp = f"{window.closes_at:%Y%m%d%H%M%S}"
    return notify_many(
        messages=[
            {
                "recipient": filing.enterprise.account, "key": f"window-{window.pk}-{stamp}-filing-{filing.pk}",
                "title": title, "body": body, "link": kind.page_url(filing),
            }
            for filing in drafts
        ]
    )  # fmt: skip


def _telephone(authority):
    return f"，咨询电话 {authority.telephone}" if authority.telephone else ""

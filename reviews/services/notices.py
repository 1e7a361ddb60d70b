"""What the enterprise is told when its filing moves (系统消息, and SMS where it must act or has a result)."""
from django.utils import timezone

from accounts.services.notices import notify, send_text
from reviews.enums import Action, State
from reviews.kinds import get_kind

#: Actions that also reach the enterprise by SMS.
BY_SMS = {Action.RETURN, Action.REJECT, Action.TAKE_OUT, Action.RECOGNISE}
#: Characters of the reason in an SMS; the message on the portal has all of it.
SMS_REASON = 60


def tell(filing, event):
    """Write the notices of an event, in its transaction; the key makes a second one impossible.

    A long reason is shortened in the SMS, which then says where the whole of it stands.
    """
    title, body = _words(filing, event, event.comment)
    account = filing.enterprise.account
    key = f"filing-{filing.pk}-event-{event.sequence}"
    link = get_kind(filing.kind).page_url(filing)
    notify(recipient=account, key=key, title=title, body=body, link=link)
    if event.action in BY_SMS and account.mobile:
        _, short = _words(filing, event, _shortened(event.comment))
        send_text(mobile=account.mobile, key=f"{key}:sms", title=title, body=short, recipient=account, link=link)


def _shortened(comment):
    """Return a reason on one line and short enough for an SMS."""
    line = " ".join(comment.split())
    return line if len(line) <= SMS_REASON else f"{line[:SMS_REASON]}……（全文见平台系统消息）"


def _words(filing, event, comment):
    """Return title and body for an event with its reason."""
    kind = get_kind(filing.kind)
    paper = f"《{kind.document_title}》（编号 {filing.number}）"
    who = event.authority.name if event.authority_id else ""
    reason = f"意见：{comment}" if comment else ""
    what = "复核" if kind.is_renewal else "申报"
    if event.action == Action.SUBMIT:
        return f"{what}已提交", f"您的{paper}已提交，现由{_desk(filing)}审核。提交后不能自行撤回或修改，如需修改请联系该部门退回。"
    if event.action == Action.APPROVE and filing.state == State.IN_REVIEW:
        return "审核进度更新", f"您的{paper}已通过{who}的审核，现由{_desk(filing)}审核。"
    if event.action == Action.APPROVE:
        next_word = "，等待公示" if kind.is_publicised else ""
        return "审核已通过", f"您的{paper}已通过{who}的审核{next_word}。"
    if event.action == Action.RETURN:
        return f"{what}被退回，请修改", f"您的{paper}被{who}退回。{reason} 请登录平台，在【{what}记录】中点击【修改】，改正后重新提交。"
    if event.action == Action.REJECT:
        return f"{what}不予通过", f"您的{paper}经{who}审核，不予通过。{reason} 如有疑问请联系该部门。"
    if event.action == Action.WITHDRAW:
        return f"{what}已撤回", f"您的{paper}已撤回，修改后可再次提交。"
    if event.action == Action.REROUTE:
        return "审核部门变更", f"您的{paper}改由{_desk(filing)}审核。{reason}"
    if event.action == Action.PUBLICISE:
        return "已进入公示", f"您的{paper}已由{who}列入公示名单，公示结束且无异议后予以公告。"
    if event.action == Action.TAKE_OUT:
        return "已移出公示名单", f"您的{paper}已由{who}移出公示名单，不予认定。{reason} 如有疑问请联系该部门。"
    if kind.is_renewal:
        body = f"{filing.enterprise_name}已由{who}公告通过{kind.tier_title}复核，新的编号和有效期可在【企业复核管理】查看。"
        return f"已通过{kind.tier_title}复核", body
    return f"已认定为{kind.tier_title}", f"祝贺！{filing.enterprise_name}已由{who}公告认定为{kind.tier_title}。{_recognised_on(event)}"


def _desk(filing):
    telephone = f"（电话 {filing.desk.telephone}）" if filing.desk.telephone else ""
    return f"{filing.desk.name}{telephone}"


def _recognised_on(event):
    return f"认定日期 {timezone.localtime(event.at).strftime('%Y年%m月%d日')}，有效期三年，可在【企业主页】查看。"

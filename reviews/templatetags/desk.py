"""Tags of the review desk: the menu, the officer's home, texts of moments and actions."""
from django import template
from django.urls import reverse

from accounts.queries.requests import waiting_for
from reviews.queries.figures import area_figures, groupings_for
from reviews.queries.home import officer_home
from reviews.queries.oversight import links_for, oversees

register = template.Library()

#: What stands in the menu of every page, in this order, with the word for it; the rest is on the home page.
MAIN_MENU = {
    "Filing": "申报件",
    "Oversight": "工作监督",
    "PublicityList": "公示公告",
    "RenewalEligibility": "满足复核条件",
    "Window": "申报开放时间",
    "Recognition": "已认定企业",
    "Export": "导出",
    "MobileChangeRequest": "",
    "RealNameRequest": "",
    "User": "",
    "Phrase": "",
    "BulkDecision": "",
    "ReviewEvent": "办理日志",
    "Notice": "",
    "SignInLog": "",
    "AccessLog": "操作日志",
}
#: How many entries stand in the bar, on one line of a small screen (1366 pixels); the others are under 更多.
IN_THE_BAR = 7
#: Pages of the menu that are no list of a model: name in MAIN_MENU → (URL name, who sees it).
MENU_PAGES = {"Oversight": ("admin:reviews_filing_oversight", oversees)}


@register.simple_tag(takes_context=True)
def desk_menu(context):
    """Return {"main", "more", "rest"}: what stands in the bar, under 更多 and on the home page only.

    Each entry is (label, address, is current).
    """
    request = context["request"]
    entries = {}
    for app in context.get("available_apps") or []:
        for model in app["models"]:
            if model["admin_url"]:
                name = model["object_name"]
                entries[name] = (_list_name(name, model["name"], request.user), model["admin_url"])
    for name, (url_name, is_seen_by) in MENU_PAGES.items():
        if is_seen_by(request.user):
            entries[name] = (MAIN_MENU[name], reverse(url_name))
    # An address may lie below another one (工作监督 below 申报件): the longest that fits is where the reader is.
    here = max((address for _, address in entries.values() if request.path.startswith(address)), key=len, default="")
    marked = {name: (label, address, address == here) for name, (label, address) in entries.items()}
    menu = [marked[name] for name in MAIN_MENU if name in marked]
    return {
        "main": menu[:IN_THE_BAR],
        "more": menu[IN_THE_BAR:],
        "rest": [entry for name, entry in marked.items() if name not in MAIN_MENU],
    }


@register.simple_tag(takes_context=True)
def desk_list_name(context):
    """Return what the menu calls the list that the page belongs to."""
    opts = context["opts"]
    return _list_name(opts.object_name, opts.verbose_name_plural, context["request"].user)


def _list_name(object_name, name, user):
    if object_name == "User" and user.is_officer:
        return "主管部门人员"  # officers meet no other accounts
    return MAIN_MENU.get(object_name) or name


@register.simple_tag(takes_context=True)
def desk_requests(context):
    """Return [(title, address, count as text)] of the accounts' requests that wait for the officer's authority."""
    return [
        (kind._meta.verbose_name, reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist"), count)
        for kind, count in waiting_for(context["request"].user)
    ]


@register.simple_tag(takes_context=True)
def desk_home(context):
    """Return what waits for the officer who is signed in, or None for an operator."""
    user = context["request"].user
    return officer_home(user) if user.is_officer else None


@register.simple_tag(takes_context=True)
def desk_figures(context):
    """Return the figures of the officer's area by the grouping that the address asks for, or None for an operator."""
    request = context["request"]
    return area_figures(request.user, request.GET.get("by", "")) if request.user.is_officer else None


@register.simple_tag(takes_context=True)
def desk_groupings(context):
    """Return the (code, label) of the groupings that an officer may choose."""
    return groupings_for(context["request"].user)


@register.simple_tag(takes_context=True)
def desk_oversight(context, filing):
    """Return {"remind", "reroute"}: what an overseer may do about a filing of a level below."""
    return links_for(context["request"].user, filing)

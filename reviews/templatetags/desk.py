"""Tags of the review desk: the menu, the officer's home, texts of moments and actions."""
from django import template
from django.urls import reverse

from accounts.queries.requests import waiting_for
from reviews.queries.desk import officer_home

register = template.Library()

#: What stands in the menu of every page, in this order, with the word for it; the rest is on the home page.
MAIN_MENU = {
    "Filing": "申报件",
    "PublicityList": "公示公告",
    "RenewalEligibility": "满足复核条件",
    "Window": "申报开放时间",
    "Recognition": "已认定企业",
    "Export": "导出",
    "MobileChangeRequest": "",
    "RealNameRequest": "",
    "User": "",
    "Notice": "",
    "SignInLog": "",
    "AccessLog": "操作日志",
}


@register.simple_tag(takes_context=True)
def desk_menu(context):
    """Return {"main": entries of the menu, "rest": the others}, each entry (label, address, is current)."""
    request = context["request"]
    entries = {}
    for app in context.get("available_apps") or []:
        for model in app["models"]:
            if model["admin_url"]:
                label = MAIN_MENU.get(model["object_name"]) or model["name"]
                if model["object_name"] == "User" and request.user.is_officer:
                    label = "主管部门人员"
                entries[model["object_name"]] = (label, model["admin_url"], request.path.startswith(model["admin_url"]))
    return {
        "main": [entries[name] for name in MAIN_MENU if name in entries],
        "rest": [entry for name, entry in entries.items() if name not in MAIN_MENU],
    }


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

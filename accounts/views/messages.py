"""系统消息: the inbox of an enterprise. Messages are read in the list itself; a GET never marks anything."""
from django.contrib import messages as flash
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.queries.messages import message_page
from accounts.services.notices import mark_all_read, mark_read
from portal.tools.access import ENTERPRISE, opens_to

LAST_PAGE = 500


@require_safe
@opens_to(ENTERPRISE)
def inbox(request):
    """系统消息: unread messages first, each with its whole text and a link to what it is about."""
    page = message_page(recipient=request.user, number=_page_number(request.GET))
    return render(request, "accounts/messages.html", {"page": page})


@require_POST
@opens_to(ENTERPRISE)
def mark_one(request, notice_id):
    """标为已读: one message; somebody else's is left alone, and doing it twice does no harm."""
    mark_read(recipient=request.user, notice_id=notice_id)
    return _back(request)


@require_POST
@opens_to(ENTERPRISE)
def mark_all(request):
    """全部标为已读."""
    marked = mark_all_read(recipient=request.user)
    flash.success(request, f"已将 {marked} 条消息标为已读。" if marked else "没有未读消息。")
    return _back(request)


def _back(request):
    number = _page_number(request.POST)
    return HttpResponseRedirect(reverse("accounts:messages") + (f"?page={number}" if number > 1 else ""))


def _page_number(data):
    """Return the page asked for; anything that is not a page number means the first page."""
    text = data.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return min(max(number, 1), LAST_PAGE)

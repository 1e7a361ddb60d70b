"""The admin site of the review desk (审核工作台): the portal's own login, and nothing before the second factor."""
from functools import wraps

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from accounts.second_factor import next_step


class DeskSite(admin.AdminSite):
    """The one admin site. What an officer may do follows from authority and role (accounts.admin.base)."""

    site_header = "优质中小企业梯度培育平台 审核工作台"
    site_title = "审核工作台"
    index_title = "工作台"

    def has_permission(self, request):
        """Officers and operators in use whose session has passed the second factor."""
        return super().has_permission(request) and next_step(request) is None

    def admin_view(self, view, cacheable=False):
        """Send somebody who has given the password only to the second factor, from every page but 退出."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request, *args, **kwargs):
            if request.path == reverse("admin:logout"):
                return self.logout(request)
            if request.user.is_active and (step := request.user.is_staff and next_step(request)):
                return redirect(step)
            return inner(request, *args, **kwargs)

        return guarded

    def login(self, request, extra_context=None):
        """Use one login for everybody, with the same backends and sentences."""
        from accounts.views.session import sign_in_to_desk

        return sign_in_to_desk(request, extra_context)

    def logout(self, request, extra_context=None):
        """End the session as everywhere in the portal."""
        from accounts.views.session import sign_out

        return sign_out(request)

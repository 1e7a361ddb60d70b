"""What the pages of the desk in this app share."""
from django.shortcuts import render

from accounts.admin.base import DeskAdmin


class OfficerDeskAdmin(DeskAdmin):
    """A page for officers; operators see nothing of filings, which hold personal data."""

    def may_read(self, user):
        """Officers of any role."""
        return user.is_authenticated and user.is_active and user.is_officer

    def page(self, request, template, context, status=200):
        """Answer with a page of the desk: the admin's own context and ``context``."""
        shared = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "preserved_filters": self.get_preserved_filters(request),
        }
        request.current_app = self.admin_site.name
        return render(request, template, shared | context, status=status)

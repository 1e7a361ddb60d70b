"""The accounts part of the review desk (审核工作台): officers, authorities, reference data, outbox, access log."""
from django.contrib import admin
from django.contrib.auth import admin as auth_admin

from accounts.admin.authorities import AuthorityAdmin
from accounts.admin.log import AccessLogAdmin
from accounts.admin.notices import NoticeAdmin
from accounts.admin.officers import OfficerAdmin
from accounts.admin.reference import IndustryAdmin, RegionAdmin, SizeStandardAdmin
from accounts.views.session import sign_in_to_desk

__all__ = [
    "AccessLogAdmin",
    "AuthorityAdmin",
    "IndustryAdmin",
    "NoticeAdmin",
    "OfficerAdmin",
    "RegionAdmin",
    "SizeStandardAdmin",
]

admin.site.site_header = "优质中小企业梯度培育平台 审核工作台"
admin.site.site_title = "审核工作台"
admin.site.index_title = "工作台"
# One login for everybody, with the same backends and sentences.
admin.site.login = sign_in_to_desk
# What an officer may do follows from authority and role, never from a group. (auth.admin registers it when imported.)
admin.site.unregister(auth_admin.Group)

"""The accounts part of the review desk (审核工作台): officers, authorities, reference data, outbox, logs."""
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django_otp.plugins.otp_static import admin as static_admin
from django_otp.plugins.otp_totp import admin as totp_admin

from accounts.admin.authorities import AuthorityAdmin
from accounts.admin.enterprises import EnterpriseAdmin
from accounts.admin.logs import AccessLogAdmin, SignInLogAdmin
from accounts.admin.notices import NoticeAdmin
from accounts.admin.officers import OfficerAdmin
from accounts.admin.reference import IndustryAdmin, RegionAdmin, SizeStandardAdmin
from accounts.admin.requests import MobileChangeRequestAdmin, RealNameRequestAdmin

__all__ = [
    "AccessLogAdmin",
    "AuthorityAdmin",
    "EnterpriseAdmin",
    "IndustryAdmin",
    "MobileChangeRequestAdmin",
    "NoticeAdmin",
    "OfficerAdmin",
    "RealNameRequestAdmin",
    "RegionAdmin",
    "SignInLogAdmin",
    "SizeStandardAdmin",
]

# What an officer may do follows from authority and role, never from a group. (auth.admin registers it when imported.)
admin.site.unregister(auth_admin.Group)
# Nobody reads or writes the secrets of second factors here: they are bound and reset (accounts.services.second_factor).
admin.site.unregister([totp_admin.TOTPDevice, static_admin.StaticDevice])

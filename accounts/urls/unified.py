"""Addresses of 统一登录; both answer 404 while it is not configured."""
from django.urls import path

from accounts.views import unified

urlpatterns = [
    path("accounts/unified/", unified.start, name="unified_login"),
    path("accounts/unified/callback/", unified.callback, name="unified_callback"),
]

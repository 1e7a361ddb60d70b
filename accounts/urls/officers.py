"""Addresses of the second factor, of 【显示】 and of the session warning."""
from django.urls import path

from accounts.views import reveal, second_factor, session_state

urlpatterns = [
    path("accounts/second-factor/", second_factor.totp, name="totp"),
    path("accounts/second-factor/bind/", second_factor.totp_enrol, name="totp_enrol"),
    path("accounts/reveal/<slug:what>/<int:row_id>/<slug:field>/", reveal.reveal, name="reveal"),
    path("accounts/session/", session_state.session_state, name="session_state"),
]

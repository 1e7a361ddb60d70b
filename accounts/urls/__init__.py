"""URLs of the accounts app."""
from django.urls import path

from accounts.urls import centre, enterprise, licence, officers, registration, unified
from accounts.views import messages, session

app_name = "accounts"
urlpatterns = [
    path("accounts/login/", session.sign_in, name="login"),
    path("accounts/logout/", session.sign_out, name="logout"),
    path("accounts/natural-person/", session.natural_person, name="natural_person"),
    path("enterprise/messages/", messages.inbox, name="messages"),
    path("enterprise/messages/read/", messages.mark_all, name="messages_read"),
    path("enterprise/messages/<int:notice_id>/read/", messages.mark_one, name="message_read"),
    *centre.urlpatterns,
    *enterprise.urlpatterns,
    *registration.urlpatterns,
    *licence.urlpatterns,
    *unified.urlpatterns,
    *officers.urlpatterns,
]

"""URLs of 【注册】 and 【忘记密码】; included by accounts.urls."""
from django.urls import path

from accounts.views import recovery, registration

urlpatterns = [
    path("accounts/register/", registration.choose, name="register"),
    path("accounts/register/legal-person/", registration.legal_person, name="register_legal_person"),
    path("accounts/register/natural-person/", registration.natural_person, name="register_natural_person"),
    path("accounts/register/code/", registration.code, name="register_code"),
    path("accounts/register/done/", registration.done, name="register_done"),
    path("accounts/recover/", recovery.start, name="recover"),
    path("accounts/recover/password/", recovery.new_password, name="recover_password"),
    path("accounts/recover/code/", recovery.code, name="recover_code"),
]

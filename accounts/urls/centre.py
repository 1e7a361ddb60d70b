"""URLs of 用户中心, 手机号修改, 实名认证 and 进度查询; included by accounts.urls."""
from django.urls import path

from accounts.views import centre, mobile_change, real_name, requests

urlpatterns = [
    path("accounts/mobile/", mobile_change.choice, name="mobile_change"),
    path("accounts/mobile/phone/", mobile_change.phone, name="mobile_change_phone"),
    path("accounts/mobile/manual/", mobile_change.manual, name="mobile_change_manual"),
    path("accounts/requests/", requests.state, name="request_state"),
    path("accounts/requests/<slug:kind>/<int:request_id>/evidence/", requests.evidence, name="request_evidence"),
    path("accounts/centre/", centre.centre, name="centre"),
    path("accounts/centre/devices/", centre.sign_out_devices, name="devices"),
    path("accounts/centre/password/", centre.password, name="password"),
    path("accounts/centre/real-name/", real_name.real_name, name="real_name"),
    path("accounts/centre/real-name/manual/", real_name.manual, name="real_name_manual"),
    path("accounts/centre/real-name/<int:request_id>/cancel/", real_name.cancel, name="real_name_cancel"),
]

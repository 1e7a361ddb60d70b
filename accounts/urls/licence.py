"""Addresses of 电子营业执照扫码; the simulator's page exists only while the gateway is the simulator."""
from django.urls import path, re_path

from accounts.licence.gateway import is_simulated
from accounts.views import licence, simulator
from accounts.views.taken_over import taken_over

TOKEN = r"(?P<token>[A-Za-z0-9_-]{20,64})"


def addresses(purpose):
    """Return the pages of one purpose: accounts:scan, scan_code, scan_state, scan_finish."""
    base = rf"^accounts/licence/(?P<purpose>{purpose.value})/"
    return [
        re_path(rf"{base}$", licence.start[purpose], name="scan"),
        re_path(rf"{base}{TOKEN}/$", licence.show[purpose], name="scan_code"),
        re_path(rf"{base}{TOKEN}/state/$", licence.state[purpose], name="scan_state"),
        re_path(rf"{base}{TOKEN}/finish/$", licence.finish[purpose], name="scan_finish"),
    ]


urlpatterns = [
    path("accounts/taken-over/", taken_over, name="taken_over"),
    *[address for purpose in licence.WHO for address in addresses(purpose)],
]
if is_simulated():
    urlpatterns.append(path("simulator/licence/<str:token>/", simulator.licence, name="licence_simulator"))

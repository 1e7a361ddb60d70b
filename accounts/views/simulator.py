"""The page that plays the telephone of 电子营业执照 while the gateway is the simulator; it does not exist otherwise."""
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from accounts.enums import ScanState
from accounts.forms.simulator import SimulatedLicenceForm
from accounts.licence import simulator
from accounts.licence.gateway import is_simulated
from accounts.models import LicenceScan
from portal.tools.access import PUBLIC, opens_to


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(PUBLIC)
@csrf_protect
@never_cache
def licence(request, token):
    """Choose or type a licence and answer the QR code with 【确认】 or 【拒绝】."""
    if not is_simulated():
        raise Http404
    scan = LicenceScan.objects.filter(token=token, state=ScanState.WAITING).first()
    if scan is None:
        raise Http404
    if request.method == "POST" and request.POST.get("answer") == "refuse":
        first = simulator.answer(token=token, refused=True)
        return _page(request, scan, None, done="已拒绝" if first else "已经答复过")
    form = SimulatedLicenceForm(request.POST or None)
    if form.is_valid():
        first = simulator.answer(token=token, **form.licence())
        return _page(request, scan, None, done="已确认" if first else "已经答复过")
    return _page(request, scan, form, status=422 if form.is_bound else 200)


def _page(request, scan, form, *, done="", status=200):
    context = {"scan": scan, "form": form, "done": done, "label": simulator.LABEL}
    return render(request, "accounts/simulator.html", context, status=status)

"""What a visitor has stated and proved so far in a task of several pages; kept encrypted in the session.

It belongs to this browser only, and is forgotten after STEP_SECONDS without a step.
"""
import json
import time

from portal.tools.crypto import decrypt, encrypt

#: Seconds until the next step must have been taken.
STEP_SECONDS = 30 * 60


def read_steps(request, task):
    """Return the values kept for ``task``, or {} when there are none or they are too old."""
    kept = request.session.get(f"steps:{task}")
    if not kept:
        return {}
    values = json.loads(decrypt(kept))
    return values["of"] if values["at"] > time.time() - STEP_SECONDS else {}


def write_steps(request, task, values):
    """Keep ``values`` (a dict that JSON can hold) for the next page of ``task``."""
    request.session[f"steps:{task}"] = encrypt(json.dumps({"of": values, "at": time.time()}))


def forget_steps(request, task):
    """Forget what was kept for ``task``."""
    request.session.pop(f"steps:{task}", None)

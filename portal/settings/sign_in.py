"""Signing in: lock-out, second factor, SMS codes, sessions, the gateways of other systems."""
from datetime import timedelta

from portal.env import MODE, env

# Lock-out on (login name, address) pairs: an attacker elsewhere cannot lock an enterprise out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "password", "csrfmiddlewaretoken"]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "accounts.backends.lock_name"
AXES_CLIENT_IP_CALLABLE = "accounts.services.access_log.address_of"
AXES_LOCKOUT_CALLABLE = "accounts.views.session.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # accounts.SignInLog holds successes and failures
# Knocking at a locked door does not keep it locked: the page tells a time that stays true.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

#: SMS codes: seconds a code is valid, wrong attempts it survives, seconds between two codes to one number, and how
#: many a day for one number, one account, one address.
CODE_SECONDS = 5 * 60
CODE_ATTEMPTS = 5
CODE_PAUSE = 60
CODE_LIMITS = {"mobile": 10, "account": 10, "address": 50}
#: Look-ups of existing accounts (registration, recovery, state of a request) for one address an hour.
LOOK_UPS_PER_HOUR = 30

#: Seconds a session lives after the last request, by kind of account.
SESSION_SECONDS = {"officer": 30 * 60, "operator": 30 * 60}
#: Seconds before the end at which the page warns.
SESSION_WARNING = 5 * 60

OTP_TOTP_ISSUER = "优质中小企业梯度培育平台"

#: 电子营业执照 gateway, a dotted path; the simulator is refused in production. Blank: no scanning.
LICENCE_GATEWAY = env.str(
    "LICENCE_GATEWAY", default="" if MODE == "production" else "accounts.licence.simulator.SimulatorGateway"
)
LICENCE_SECONDS = 2 * 60

#: National unified login (统一登录系统) by OpenID Connect; off while the issuer is blank.
UNIFIED_LOGIN_ISSUER = env.str("UNIFIED_LOGIN_ISSUER", default="")
UNIFIED_LOGIN_CLIENT_ID = env.str("UNIFIED_LOGIN_CLIENT_ID", default="")
UNIFIED_LOGIN_CLIENT_SECRET = env.str("UNIFIED_LOGIN_CLIENT_SECRET", default="")
#: "openid" is the protocol's; what else the national system needs is not published.
UNIFIED_LOGIN_SCOPE = env.str("UNIFIED_LOGIN_SCOPE", default="openid profile")
#: Claims of the ID token. The names are our default, not official; a deployment states its own as a JSON object.
#: An identity with a 统一社会信用代码 is a 法人, one without is a 自然人.
UNIFIED_LOGIN_CLAIMS = {
    "name": "name", "uscc": "uscc", "legal_representative": "legal_representative",
    **env.json("UNIFIED_LOGIN_CLAIMS", default={}),
}  # fmt: skip
#: 政务服务平台, linked from every page; without an address the link is left out.
GOV_PLATFORM_URL = env.str("GOV_PLATFORM_URL", default="")

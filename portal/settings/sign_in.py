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
AXES_SENSITIVE_PARAMETERS = ["username", "password"]

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
#: 政务服务平台, linked from every page; without an address the link is left out.
GOV_PLATFORM_URL = env.str("GOV_PLATFORM_URL", default="")

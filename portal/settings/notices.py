"""Messages and SMS."""
from portal.env import MODE, VAR_DIR, env

#: Providers tried for an SMS, as dotted paths of classes with one method, send(mobile, text) -> answer.
SMS_PROVIDER = env.str(
    "SMS_PROVIDER", default="accounts.sms.FileProvider" if MODE != "production" else "accounts.sms.ConsoleProvider"
)
SMS_FILE = VAR_DIR / "sms.log"
SMS_SIGNATURE = env.str("SMS_SIGNATURE", default="优质中小企业梯度培育平台")
#: Attempts before a notice is given up and shown to the operator.
NOTICE_MAX_ATTEMPTS = 8

"""How a service says no: one exception family, each with a Chinese sentence and an HTTP status."""


class Refused(Exception):
    """A request that cannot be carried out. ``message`` is shown to the user as it stands."""

    status = 409
    code = "refused"

    def __init__(self, message, *, code=None, status=None, link=None, link_label=None):
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.status = status or self.status
        self.link = link
        self.link_label = link_label


class NotPermitted(Refused):
    """The user may not do this."""

    status = 403
    code = "not_permitted"


class StaleVersion(Refused):
    """Somebody else wrote in between; the caller must look again. ``current`` is the row as it is now."""

    code = "stale"

    def __init__(self, message, *, current=None):
        super().__init__(message)
        self.current = current


class WrongState(Refused):
    """The action does not fit the present state."""

    code = "wrong_state"


class Invalid(Refused):
    """The input breaks rules. ``problems`` lists them, each with section, field, label and message."""

    status = 422
    code = "invalid"

    def __init__(self, message, problems=()):
        super().__init__(message)
        self.problems = list(problems)

"""节假日调整: days on which people work, or do not, whatever the shipped calendar says."""
from django.db import transaction

from accounts.enums import AuthorityLevel
from accounts.queries.officers import is_operator
from portal.tools.errors import NotPermitted


def may_set_holidays(user):
    """Tell whether the account sets days for the whole nation: operators and managers of the ministry."""
    if is_operator(user):
        return True
    return user.is_authenticated and user.may_publish and user.authority.level == AuthorityLevel.MINISTRY


@transaction.atomic
def save_holiday(*, user, override):
    """Create or change one day. Deadlines and lists that stand already keep their dates. Raises NotPermitted."""
    if not may_set_holidays(user):
        raise NotPermitted("节假日调整由部级“审核与发布”人员或运维人员设置。")
    override.made_by = user
    override.full_clean()
    override.save()
    return override

"""Writing what may change about an authority; the tree itself comes from the reference data."""
from django.db import transaction

from accounts.models import Authority
from accounts.queries.officers import is_manager, is_operator
from portal.tools.errors import NotPermitted


def may_change_telephone(user, authority):
    """Tell whether the user may change this authority's 咨询电话: its own managers and operators."""
    return is_operator(user) or (is_manager(user) and user.authority_id == authority.pk)


@transaction.atomic
def set_telephone(*, actor, authority, telephone):
    """Change the 咨询电话 that enterprises are shown. Raises NotPermitted outside the own authority."""
    if not may_change_telephone(actor, authority):
        raise NotPermitted(f"您不能修改“{authority.name}”的咨询电话，请由该部门的管理人员修改。")
    authority = Authority.objects.select_for_update(of=["self"]).get(pk=authority.pk)
    authority.telephone = telephone
    authority.save(update_fields=["telephone"])
    return authority

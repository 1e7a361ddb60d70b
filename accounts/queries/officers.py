"""Who may manage which officers: an authority's manager its own people and those one level below."""
from django.db.models import Q

from accounts.enums import UserKind
from accounts.models import Authority, User


def is_operator(user):
    """Tell whether the account is an operator in use (运维账户)."""
    return user.is_authenticated and user.is_active and user.kind == UserKind.OPERATOR


def is_manager(user):
    """Tell whether the account is an officer in use with the role 审核与发布."""
    return user.is_authenticated and user.may_publish


def manageable_authorities(user):
    """Return the authorities whose officers the user may manage: operators all, managers their own and its children.

    Fails closed: nothing for anybody else.
    """
    if is_operator(user):
        return Authority.objects.all()
    if is_manager(user):
        return Authority.objects.filter(Q(pk=user.authority_id) | Q(parent=user.authority_id))
    return Authority.objects.none()


def manageable_officers(user):
    """Return the officers that the user may manage; fails closed."""
    return User.objects.filter(kind=UserKind.OFFICER, authority__in=manageable_authorities(user))


def may_manage_officer(user, officer):
    """Tell the same for one officer without a query when ``officer.authority`` is loaded."""
    if not officer.is_officer:
        return False
    return may_manage_authority(user, officer.authority)


def may_manage_authority(user, authority):
    """Tell whether the user may add officers to this authority."""
    if is_operator(user):
        return True
    return is_manager(user) and user.authority_id in {authority.pk, authority.parent_id}


def jurisdiction(user):
    """Return the authorities that an officer sees in lists: the own one, what lies below, and the ministry all."""
    if is_operator(user):
        return Authority.objects.all()
    if not (user.is_authenticated and user.is_active and user.is_officer):
        return Authority.objects.none()
    own = user.authority_id
    # The tree has four levels, so the ministry reaches everything with three steps down.
    return Authority.objects.filter(
        Q(pk=own) | Q(parent=own) | Q(parent__parent=own) | Q(parent__parent__parent=own)
    )


def overseen_officers(user):
    """Return the officers whose logs a manager reads: the own authority's and those of all below; fails closed."""
    if not is_manager(user):
        return User.objects.none()
    return User.objects.filter(kind=UserKind.OFFICER, authority__in=jurisdiction(user))


def login_name_taken(login_name):
    """Tell whether an account has this login name, whatever the case: two that differ by case only confuse."""
    return User.objects.filter(login_name__iexact=login_name).exists()

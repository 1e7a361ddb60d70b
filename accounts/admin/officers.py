"""账户: officers' accounts for operators and for managers; accounts of enterprises and persons only for reading."""
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import path

from accounts.admin.base import DeskAdmin
from accounts.admin.history import ChangeHistory
from accounts.admin.officer_forms import OfficerAddForm, OfficerChangeForm
from accounts.admin.second_factor import reset_page
from accounts.models import User
from accounts.queries.officers import (
    is_manager,
    is_operator,
    manageable_authorities,
    manageable_officers,
    may_manage_officer,
)
from accounts.second_factor import with_binding
from accounts.services.officers import create_officer, set_officer_active, update_officer
from accounts.services.second_factor import may_reset
from portal.tools.crypto import mask

ACCOUNT_FIELDS = [
    "login_name", "kind", "person_name", "uscc", "verified_name", "real_name_verified_at", "is_active",
    "date_joined", "last_login",
]  # fmt: skip
OFFICER_FIELDS = ["login_name", "authority", "role", "person_name", "mobile"]
#: Shown masked, with 【显示】.
PERSONAL = ("mobile", "document_number")
PASSWORD_FIELDS = ["password1", "password2"]
#: What officers may not change about themselves; the own password has its own page, which asks for the old one.
OWN_READONLY = ["login_name", "authority", "role", "is_active"]


@admin.register(User)
class OfficerAdmin(ChangeHistory, DeskAdmin):
    """Accounts. No field here makes an operator or a superuser, and nobody changes the own role."""

    list_display = ["login_name", "person_name", "authority", "role", "is_active", "second_factor", "last_login"]
    list_select_related = ["authority"]
    search_fields = ["^login_name", "^person_name", "=uscc"]
    search_help_text = "按登录名或姓名开头查找"
    add_title = "新增主管部门账户"
    autocomplete_fields = ["authority"]

    def changelist_view(self, request, extra_context=None):
        """Head the list with the word of the menu: officers meet no accounts but those of officers."""
        ours = {"title": "主管部门人员"} if request.user.is_officer else {}
        return super().changelist_view(request, ours | (extra_context or {}))

    def may_read(self, user):
        """Operators and managers (审核与发布)."""
        return is_operator(user) or is_manager(user)

    def has_view_permission(self, request, obj=None):
        """Operators every account, managers the officers of their scope."""
        if obj is None or is_operator(request.user):
            return self.may_read(request.user)
        return may_manage_officer(request.user, obj)

    def has_add_permission(self, request):
        """Those who may read may add."""
        return self.may_read(request.user)

    def has_change_permission(self, request, obj=None):
        """Officers' accounts within the scope; all other accounts are read-only here."""
        if obj is None:
            return self.may_read(request.user)
        return may_manage_officer(request.user, obj)

    def get_queryset(self, request):
        """Limit managers to their scope."""
        accounts = with_binding(super().get_queryset(request).select_related("authority"))
        if is_operator(request.user):
            return accounts
        return accounts.filter(pk__in=manageable_officers(request.user))

    def get_list_display(self, request):
        """Show operators the kind of account too."""
        columns = list(self.list_display)
        if is_operator(request.user):
            columns.insert(1, "kind")
        return columns

    def get_list_filter(self, request):
        """Offer fixed choices only."""
        return ["kind", "role", "is_active"] if is_operator(request.user) else ["role", "is_active"]

    def get_fieldsets(self, request, obj=None):
        """Arrange the fields by what the reader may do with this account."""
        if obj is None:
            return [(None, {"fields": OFFICER_FIELDS}), ("初始密码", {"fields": PASSWORD_FIELDS})]
        if not obj.is_officer:
            return [(None, {"fields": ACCOUNT_FIELDS})]
        fieldsets = [(None, {"fields": [*OFFICER_FIELDS, "is_active", "date_joined", "last_login"]})]
        if obj.pk != request.user.pk:
            fieldsets.append(("重设密码", {"fields": PASSWORD_FIELDS}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        """Keep the login name, and one's own standing, out of reach."""
        if obj is None:
            return []
        if not obj.is_officer:
            return ACCOUNT_FIELDS
        own = OWN_READONLY if obj.pk == request.user.pk else ["login_name"]
        return [*own, "date_joined", "last_login"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Use the form for a new or for an existing officer, without the fields that the page does not offer.

        Other accounts have no field to fill in.
        """
        if obj is None or obj.is_officer:
            base = OfficerAddForm if obj is None else OfficerChangeForm
            offered = set(flatten_fieldsets(self.get_fieldsets(request, obj)))
            offered -= set(self.get_readonly_fields(request, obj))
            # A declared field stays in a form until a subclass sets it to None.
            kwargs["form"] = type(base.__name__, (base,), dict.fromkeys(set(base.declared_fields) - offered))
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Leave out the shortcuts to the authority's own page, which would lead away from a half-filled form."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "authority" and field is not None:
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Accept only authorities within the scope, whatever the request says."""
        if db_field.name == "authority":
            kwargs["queryset"] = manageable_authorities(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="动态口令")
    def second_factor(self, account):
        """Tell whether an authenticator is bound; enterprises and persons have none."""
        return ("已绑定" if account.binding_id else "未绑定") if account.is_staff else "-"

    def get_urls(self):
        """Add the page of 【重设动态口令】."""
        reset = self.admin_site.admin_view(lambda request, object_id: reset_page(self, request, object_id))
        own = [path("<int:object_id>/second-factor/", reset, name="accounts_user_reset_second_factor")]
        return own + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Add what the page says about personal values, and about the second factor of an officer or operator."""
        account = self.get_object(request, object_id)
        context = {}
        if account is not None:
            values = [
                (name, User._meta.get_field(name).verbose_name, mask(getattr(account, name))) for name in PERSONAL
            ]
            context["personal"] = [line for line in values if line[-1]]
            context["second_factor"] = account.is_staff and {"may_reset": may_reset(request.user, account)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        """Write through the services."""
        values = form.cleaned_data
        given = {name: values[name] for name in ("authority", "role", "person_name", "mobile") if name in values}
        if not change:
            created = create_officer(
                actor=request.user, login_name=values["login_name"], password=values["password1"], **given
            )
            obj.pk = created.pk
            return
        update_officer(actor=request.user, officer=obj, password=values.get("password1"), **given)
        if "is_active" in form.changed_data:
            set_officer_active(actor=request.user, officer=obj, active=values["is_active"])

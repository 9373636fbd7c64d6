"""Staff: who is here, in which role, and the invitation by which they come in. Nobody is deleted: who leaves is made inactive."""

from __future__ import annotations

from typing import Any, TypedDict

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_stubs_ext import WithAnnotations

from desk.accounts.groups import ROLES
from desk.accounts.invitations import already_opened, invite, waiting
from desk.accounts.links import from_outside
from desk.accounts.signed_in import staff
from desk.models import Invitation
from desk.site import desk


class RoleField(forms.ModelChoiceField[Group]):
    def label_from_instance(self, obj: Group) -> str:
        return f"{obj.name}: {ROLES[obj.name]}"


class StaffForm(forms.ModelForm[User]):
    role = RoleField(
        Group.objects.filter(name__in=ROLES).order_by("pk"), label="役割", widget=forms.RadioSelect, empty_label=None
    )

    class Meta:
        model = User
        fields = ["username", "is_active"]
        labels = {"username": "名前", "is_active": "有効"}
        help_texts = {
            "username": "サインインに使い、記録に残る名前です。あとから変えられません。空白は入れられません。",
            "is_active": "やめた人は、ここのチェックをはずします。その人はすぐに入れなくなり、した仕事の記録は残ります。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["role"].initial = self.instance.groups.filter(name__in=ROLES).first()


class WayIn(TypedDict):
    has_telephone: bool
    is_invited: bool


@admin.register(User, site=desk)
class StaffAdmin(admin.ModelAdmin[User]):
    form = StaffForm
    change_form_template = "desk/accounts/staff_form.html"
    change_list_template = "desk/accounts/staff_list.html"
    list_display = ["username", "role_name", "is_active", "telephone", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username"]
    search_help_text = "名前でさがす"
    ordering = ["-is_active", "username"]
    actions = ["unlock"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        invitations = Invitation.objects.filter(user=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .prefetch_related("groups")
            .annotate(has_telephone=Exists(devices), is_invited=Exists(invitations))
        )

    @admin.display(description="役割")
    def role_name(self, user: User) -> str:
        return "、".join(group.name for group in user.groups.all())

    @admin.display(description="スマートフォン")
    def telephone(self, user: WithAnnotations[User, WayIn]) -> str:
        if user.has_telephone:
            return "登録ずみ"
        return "招待中" if user.is_invited else "まだ"

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The list cannot be used to guess at a password's hash."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    def may_invite(self, request: HttpRequest, user: User | None = None) -> bool:
        """A superuser (made on the server only) is above this page: an invitation would hand over more rights than a manager has."""
        above = user is not None and user.is_superuser and not request.user.is_superuser
        return not above and super().has_change_permission(request, user)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody changes their own account, so that one manager always stays."""
        return obj != request.user and self.may_invite(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return ["username", "role_name"] if obj else []

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return ["username", "role"]
        return ["username", "role" if self.has_change_permission(request, obj) else "role_name", "is_active"]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        person = kwargs.get("obj")
        context |= {
            "may_invite": person is not None and self.may_invite(request, person),
            "show_save_and_add_another": False,  # an invitation comes next
            "show_save_and_continue": False,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        obj.groups.set([form.cleaned_data["role"]])

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        """Somebody new needs an invitation next."""
        self.message_user(
            request, f"{obj.get_username()} さんを加えました。つぎに招待リンクを作ってください。", messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:auth_user_invite", args=[obj.pk]))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": "編集室の人", "opened_invitations": already_opened(waiting())}
        return super().changelist_view(request, context | (extra_context or {}))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, {"title": "人を加える"} | (extra_context or {}))

    def get_urls(self) -> list[URLPattern]:
        own = path("<int:pk>/invite/", self.admin_site.admin_view(self.invite), name="auth_user_invite")
        return [own, *super().get_urls()]

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Says what a new link ends, then makes it. The link is shown once, in the answer: its maker may have just signed out by it."""
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        if not self.may_invite(request, user):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": f"{user.get_username()} さんの招待リンク",
            "opts": self.opts,
            "person": user,
            "days": settings.INVITATION_DAYS,
            "own": user == request.user,
        }
        if request.method == "POST" and user.is_active and user.is_staff:
            with transaction.atomic():
                context["link"] = from_outside(invite(user, staff(request)))
                self.log_change(request, user, "招待リンクを作った。")
        return TemplateResponse(request, "desk/accounts/invite.html", context)

    @admin.action(description="サインインのロックをはずす", permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            AxesProxyHandler.reset_attempts(username=user.get_username())
        self.message_user(request, "ロックをはずしました。すぐにサインインできます。", messages.SUCCESS)

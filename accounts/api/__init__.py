"""API of this app: the same three doors as its pages."""

from django.urls import path
from rest_framework.renderers import JSONRenderer

from accounts.api.access_tokens import AccessTokenViewSet
from accounts.api.account import AccountDeletionView
from accounts.api.audit import AuditView
from accounts.api.exports import ExportViewSet, ZipRenderer
from accounts.api.installation import InstallationView
from accounts.api.invitations import InvitationViewSet
from accounts.api.people import PeopleView, PersonAdminView
from accounts.api.preferences import PreferencesView
from accounts.api.rosters import RosterViewSet
from accounts.api.second_steps import SecondStepView, StepRemovalViewSet
from accounts.api.sessions import SessionViewSet

urlpatterns = [
    path(
        "installation/",
        InstallationView.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="installation",
    ),
    path("installation/test-mail/", InstallationView.as_view({"post": "test_mail"}), name="installation-test-mail"),
    path("invitations/", InvitationViewSet.as_view({"get": "list", "post": "create"}), name="invitation-list"),
    path("invitations/<uuid:public_id>/", InvitationViewSet.as_view({"get": "retrieve"}), name="invitation-detail"),
    path(
        "invitations/<uuid:public_id>/cancel/", InvitationViewSet.as_view({"post": "cancel"}), name="invitation-cancel"
    ),
    path("invitations/<uuid:public_id>/again/", InvitationViewSet.as_view({"post": "again"}), name="invitation-again"),
    path("people/", PeopleView.as_view(), name="person-list"),
    path("rosters/", RosterViewSet.as_view({"get": "list", "post": "create"}), name="roster-list"),
    path(
        "rosters/<uuid:public_id>/",
        RosterViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="roster-detail",
    ),
    path("rosters/<uuid:public_id>/invite/", RosterViewSet.as_view({"post": "invite"}), name="roster-invite"),
    path("tokens/", AccessTokenViewSet.as_view({"get": "list", "post": "create"}), name="token-list"),
    path(
        "tokens/<uuid:public_id>/",
        AccessTokenViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="token-detail",
    ),
    path("exports/", ExportViewSet.as_view({"get": "list", "post": "create"}), name="export-list"),
    path("exports/<uuid:public_id>/", ExportViewSet.as_view({"get": "retrieve"}), name="export-detail"),
    path(
        "exports/<uuid:public_id>/download/",
        ExportViewSet.as_view({"get": "download"}, renderer_classes=[JSONRenderer, ZipRenderer]),
        name="export-download",
    ),
    path(
        "account-deletion/",
        AccountDeletionView.as_view({"get": "retrieve", "post": "create", "delete": "destroy"}),
        name="account-deletion",
    ),
    path("sessions/", SessionViewSet.as_view({"get": "list"}), name="session-list"),
    path("sessions/end-others/", SessionViewSet.as_view({"post": "end_others"}), name="session-end-others"),
    path("sessions/<int:pk>/", SessionViewSet.as_view({"delete": "destroy"}), name="session-detail"),
    path("people/<uuid:public_id>/admin/", PersonAdminView.as_view({"put": "update"}), name="person-admin"),
    path("second-step/", SecondStepView.as_view({"get": "retrieve"}), name="second-step"),
    path(
        "step-removals/",
        StepRemovalViewSet.as_view({"get": "list", "post": "create"}),
        name="step-removal-list",
    ),
    path(
        "step-removals/<uuid:public_id>/", StepRemovalViewSet.as_view({"get": "retrieve"}), name="step-removal-detail"
    ),
    path(
        "step-removals/<uuid:public_id>/stop/", StepRemovalViewSet.as_view({"post": "stop"}), name="step-removal-stop"
    ),
    path(
        "step-removals/<uuid:public_id>/withdraw/",
        StepRemovalViewSet.as_view({"post": "withdraw"}),
        name="step-removal-withdraw",
    ),
    path("audit/", AuditView.as_view(), name="audit"),
    path(
        "preferences/",
        PreferencesView.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="preferences",
    ),
]

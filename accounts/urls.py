from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("begin/<str:token>/", views.first_run, name="first-run"),
    path("help/", views.help_page, name="help"),
    path("demo/enter/<str:role>/", views.demo_enter, name="demo-enter"),
    path("settings/", views.settings_edit, name="settings-edit"),
    # In place of the library's page at this address, which asks for no password.
    path("accounts/sessions/", views.session_list, name="session-list"),
    path("accounts/sessions/others/end/", views.session_end_others, name="session-end-others"),
    path("accounts/sessions/<int:pk>/end/", views.session_end, name="session-end"),
    path("settings/second-step/done/", views.second_step_done, name="second-step-done"),
    path("settings/second-step/<uuid:public_id>/stop/", views.step_removal_stop, name="step-removal-stop"),
    path("links/second-step/<str:token>/", views.link_second_step, name="link-second-step"),
    path("settings/tokens/", views.access_token_list, name="access-token-list"),
    path("settings/tokens/new/", views.access_token_new, name="access-token-new"),
    path("settings/tokens/<uuid:public_id>/revoke/", views.access_token_revoke, name="access-token-revoke"),
    path("settings/data/", views.export_list, name="export-list"),
    path("settings/data/new/", views.export_new, name="export-new"),
    path("settings/data/<uuid:public_id>/", views.export_download, name="export-download"),
    path("settings/delete/", views.account_delete, name="account-delete"),
    path("settings/delete/undo/", views.account_keep, name="account-keep"),
    path("drafts/", views.form_draft, name="form-draft"),
    path("installation/", views.installation_edit, name="installation-edit"),
    path("installation/test-mail/", views.installation_test_mail, name="installation-test-mail"),
    path("people/", views.people_list, name="people-list"),
    path("people/audit/", views.audit_list, name="audit-list"),
    path("people/<uuid:public_id>/activate/", views.person_activate, name="person-activate"),
    path("people/<uuid:public_id>/deactivate/", views.person_deactivate, name="person-deactivate"),
    path("people/<uuid:public_id>/second-step/", views.person_second_step, name="person-second-step"),
    path("people/second-step/<uuid:public_id>/withdraw/", views.step_removal_withdraw, name="step-removal-withdraw"),
    path("invitations/new/", views.invitation_new, name="invitation-new"),
    path("invitations/<uuid:public_id>/again/", views.invitation_again, name="invitation-again"),
    path("invitations/<uuid:public_id>/cancel/", views.invitation_cancel, name="invitation-cancel"),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation-accept"),
]

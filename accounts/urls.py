from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("demo/enter/<str:role>/", views.demo_enter, name="demo-enter"),
    path("settings/", views.settings_edit, name="settings-edit"),
    path("drafts/", views.form_draft, name="form-draft"),
    path("people/", views.people_list, name="people-list"),
    path("people/<uuid:public_id>/activate/", views.person_activate, name="person-activate"),
    path("people/<uuid:public_id>/deactivate/", views.person_deactivate, name="person-deactivate"),
    path("invitations/new/", views.invitation_new, name="invitation-new"),
    path("invitations/<str:token>/", views.invitation_accept, name="invitation-accept"),
    path("engagements/", views.engagement_list, name="engagement-list"),
    path("engagements/new/", views.engagement_new, name="engagement-new"),
    path("engagements/<uuid:public_id>/", views.engagement_detail, name="engagement-detail"),
    path("engagements/<uuid:public_id>/agree/", views.engagement_agree, name="engagement-agree"),
    path("engagements/<uuid:public_id>/decline/", views.engagement_decline, name="engagement-decline"),
    path("engagements/<uuid:public_id>/end/", views.engagement_end, name="engagement-end"),
]

from django.urls import path

from followups.views import mails, reminders

urlpatterns = [
    path("reminders/", reminders.reminder_list, name="reminder-list"),
    path("reminders/read/", reminders.reminder_read, name="reminder-read"),
    path("reminders/<uuid:public_id>/open/", reminders.reminder_open, name="reminder-open"),
    path("reminders/unsubscribe/<str:token>/", reminders.reminder_unsubscribe, name="reminder-unsubscribe"),
    path("mail/", mails.mail_list, name="mail-list"),
    path("mail/<uuid:public_id>/retry/", mails.mail_retry, name="mail-retry"),
    path("mail/<uuid:public_id>/cancel/", mails.mail_cancel, name="mail-cancel"),
]

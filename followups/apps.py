from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "followups"

    def ready(self):
        from followups import outbox, reminders  # noqa: PLC0415 -- models exist from here on
        from followups.reminders import kinds  # noqa: PLC0415

        kinds.register_all()
        outbox.register_source("reminders", reminders.deliver_due)

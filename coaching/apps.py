from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self):
        from coaching import reminders  # noqa: PLC0415 -- models exist from here on

        reminders.register_all()

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "followups"

    def ready(self):
        from accounts import preferences  # noqa: PLC0415 -- models exist from here on
        from followups import outbox, reminders  # noqa: PLC0415
        from followups.reminders import kinds  # noqa: PLC0415

        kinds.register_all()
        outbox.register_source("reminders", reminders.deliver_due)
        preferences.register_follower(reminders.replan)
        self._follow_notes()

    def _follow_notes(self):
        from followups import outbox  # noqa: PLC0415
        from followups.services import notes  # noqa: PLC0415
        from followups.services.sweep import sweep  # noqa: PLC0415

        outbox.register_guard("note", notes.still_wanted)
        outbox.register_follower("note", notes.follow)
        outbox.register_source("notes", notes.catch_up)
        outbox.register_source("decisions", sweep)

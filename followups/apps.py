from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "followups"

    def ready(self):
        from accounts import preferences  # noqa: PLC0415 -- models exist from here on
        from followups import alerts, outbox, punctuality, reminders  # noqa: PLC0415
        from followups.reminders import kinds  # noqa: PLC0415

        kinds.register_all()
        alerts.register()
        # Both before the reminders: what they find leaves in the same pass.
        outbox.register_source("alerts", alerts.look)
        self._forget_addresses()
        outbox.register_source("reminders", reminders.deliver_due)
        preferences.register_follower(reminders.replan)
        self._follow_notes()
        self._follow_briefs()
        outbox.register_source("punctuality", punctuality.refresh)

    def _follow_notes(self):
        from followups import outbox  # noqa: PLC0415
        from followups.services import notes  # noqa: PLC0415
        from followups.services.sweep import sweep  # noqa: PLC0415

        outbox.register_guard("note", notes.still_wanted)
        outbox.register_follower("note", notes.follow)
        outbox.register_letter("note", titles=notes.titles_of, came_back=notes.came_back, resolve=notes.resolve_letter)
        outbox.register_source("notes", notes.catch_up)
        outbox.register_source("decisions", sweep)

    def _follow_briefs(self):
        from followups import outbox  # noqa: PLC0415
        from followups.reminders import referees  # noqa: PLC0415
        from followups.services import briefs  # noqa: PLC0415

        referees.register_all()
        outbox.register_guard("brief", briefs.still_wanted)
        outbox.register_follower("brief", briefs.follow)
        outbox.register_letter(
            "brief", titles=briefs.titles_of, came_back=briefs.came_back, resolve=briefs.resolve_letter
        )
        outbox.register_source("briefs", briefs.catch_up)

    def _forget_addresses(self):
        from followups import outbox  # noqa: PLC0415
        from followups.reminders import addresses as kinds  # noqa: PLC0415
        from followups.services import addresses  # noqa: PLC0415

        kinds.register_all()
        outbox.register_source("addresses", addresses.forget_due)

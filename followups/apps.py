from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "followups"

    def ready(self):
        from accounts import personal_data, preferences  # noqa: PLC0415 -- models exist from here on
        from accounts import services as accounts  # noqa: PLC0415
        from followups import alerts, erasing, exporting, outbox, punctuality, reminders  # noqa: PLC0415
        from followups.reminders import invitations, kinds  # noqa: PLC0415

        personal_data.register(
            "followups",
            export=exporting.TABLES,
            erase=erasing.erase,
            left_out=exporting.LEFT_OUT,
            words=exporting.WORDS,
        )
        kinds.register_all()
        invitations.register_all()
        accounts.follow_invitations(reminders.refresh)
        accounts.follow_invitations(invitations.keep_its_mail_back)
        outbox.register_source("invitations", accounts.mail_invitations)
        alerts.register()
        # Both before the reminders: what they find leaves in the same pass.
        outbox.register_source("alerts", alerts.look)
        self._forget_addresses()
        outbox.register_source("reminders", reminders.deliver_due)
        accounts.follow_exports(lambda export: outbox.wake_exports())
        outbox.register_source("exports", accounts.look_after_exports)
        preferences.register_follower(reminders.replan)
        self._follow_notes()
        self._follow_briefs()
        outbox.register_source("punctuality", punctuality.refresh)

    def _follow_notes(self):
        from accounts import services as accounts  # noqa: PLC0415
        from followups import outbox  # noqa: PLC0415
        from followups.services import leaving, notes  # noqa: PLC0415
        from followups.services.sweep import sweep  # noqa: PLC0415

        notes.LIFE.register()
        accounts.follow_erasures(leaving.stop_letters)
        outbox.register_source("decisions", sweep)

    def _follow_briefs(self):
        from followups.reminders import referees  # noqa: PLC0415
        from followups.services import briefs  # noqa: PLC0415

        referees.register_all()
        briefs.LIFE.register()

    def _forget_addresses(self):
        from followups import outbox  # noqa: PLC0415
        from followups.reminders import addresses as kinds  # noqa: PLC0415
        from followups.services import addresses  # noqa: PLC0415

        kinds.register_all()
        outbox.register_source("addresses", addresses.forget_due)

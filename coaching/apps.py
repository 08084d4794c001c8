from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "coaching"

    def ready(self):
        from accounts import personal_data  # noqa: PLC0415
        from accounts import services as accounts  # noqa: PLC0415
        from coaching import erasing, exporting, reminders, room_reminders, today  # noqa: PLC0415 -- models exist from here on
        from coaching.services import (  # noqa: PLC0415
            absences,
            changes,
            closed_accounts,
            engagements,
            forgetting,
            reviews,
            series_changes,
            session_mail,
            sweep,
        )
        from coaching.views import comments, desk  # noqa: PLC0415
        from followups import asides, outbox  # noqa: PLC0415
        from followups.services import deletion, second_look, story  # noqa: PLC0415
        from followups.views import note_page  # noqa: PLC0415

        erasing.register_kept()
        personal_data.register(
            "coaching",
            export=exporting.TABLES,
            erase=erasing.erase,
            left_out=exporting.LEFT_OUT,
            words=exporting.WORDS,
        )
        accounts.follow_engagements(engagements.follow_engagement)
        accounts.follow_asks_in_vain(room_reminders.tell)
        accounts.follow_people(engagements.follow_person)
        accounts.follow_erasures(closed_accounts.follow_leaving)
        reminders.register_all()
        outbox.register_guard("review_asked", reviews.still_wanted)
        outbox.register_source("coaching", sweep.run)
        outbox.register_writer(session_mail.KIND, session_mail.write)
        changes.register("absence", done=absences.done, undone=absences.undone)
        asides.register(comments.beside)
        changes.register("series", done=series_changes.follow)
        asides.register(desk.beside)
        story.register_ahead(today.ahead_of)
        note_page.register_aside(reviews.word_on)
        deletion.register(forgetting.forget_mistake)
        second_look.register_way_to_ask(reviews.way_to_ask)

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self):
        from accounts import personal_data  # noqa: PLC0415 -- models exist from here on
        from interviews import erasing, exporting  # noqa: PLC0415

        personal_data.register(
            "interviews",
            export=exporting.TABLES,
            erase=erasing.erase,
            left_out=exporting.LEFT_OUT,
            words=exporting.WORDS,
        )

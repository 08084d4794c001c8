from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import erasing, exporting, personal_data  # noqa: PLC0415 -- models exist from here on

        erasing.register_kept()
        personal_data.register(
            "accounts",
            export=exporting.TABLES,
            erase=erasing.erase,
            left_out=exporting.LEFT_OUT,
            words=exporting.WORDS,
        )

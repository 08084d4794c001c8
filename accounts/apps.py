from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import exporting, personal_data  # noqa: PLC0415 -- models exist from here on

        personal_data.register("accounts", export=exporting.TABLES, erase=None, left_out=exporting.LEFT_OUT)

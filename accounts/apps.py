from django.apps import AppConfig

from accounts import late

with late.hidden("requests"):
    # It would load it, four megabytes, for a client of tests that nobody uses here.
    import rest_framework.compat  # noqa: F401


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import erasing, exporting, personal_data  # noqa: PLC0415 -- models exist from here on

        # allauth's addresses ask for it, and with it come fido2 and cryptography: twelve megabytes, for whoever uses a passkey.
        late.load_late("allauth.mfa.webauthn.internal.auth")

        erasing.register_kept()
        personal_data.register(
            "accounts",
            export=exporting.TABLES,
            erase=erasing.erase,
            left_out=exporting.LEFT_OUT,
            words=exporting.WORDS,
        )

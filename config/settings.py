"""The one settings file. Everything that differs between machines comes from the environment (docs/operations.md)."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config.environment import LEVELS, Environment

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

DEVELOPMENT = env.bool("DEBUG", default=False)
# The demo's "enter as" buttons and the inbox at /dev/mail/ hang on this, and production refuses to start with it.
AFTERWORD_DEMO = env.bool("AFTERWORD_DEMO", default=False)
if AFTERWORD_DEMO and not DEVELOPMENT:
    raise ImproperlyConfigured("AFTERWORD_DEMO=1 lets anybody in; it works with DEBUG=1 only.")
# A demo is looked at by people: they get our own pages for what is not there, not Django's with addresses and variables.
DEBUG = DEVELOPMENT and not AFTERWORD_DEMO

# The two rule engines answer on the command line without any server, so they may run without secrets.
BARE_COMMAND = len(sys.argv) > 1 and sys.argv[1] in {"triage", "check_note", "makemessages", "compilemessages"}


def secret(name):
    """A secret of production; a missing one stops the start."""
    if DEVELOPMENT or BARE_COMMAND:
        return env.str(name, default=f"insecure-{name.lower()}-for-development-only-{'0' * 32}")
    return env.str(name)


SECRET_KEY = secret("SECRET_KEY")
# Encrypts at rest: mails (followups/outbox), seeds of second steps (accounts/seeds.py). Several keys, comma separated: the first encrypts, all decrypt.
AFTERWORD_MAIL_KEYS = secret("AFTERWORD_MAIL_KEYS").split(",")
if not all(AFTERWORD_MAIL_KEYS):
    raise ImproperlyConfigured("AFTERWORD_MAIL_KEYS: one of the keys is empty; no comma stands at the ends.")

ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS = env.urls("CSRF_TRUSTED_ORIGINS", default=[])
# Links in mails are written by the worker, which sees no request.
BASE_URL = env.url("BASE_URL", default="http://localhost:8000")
INSTALLATION_NAME = env.str("INSTALLATION_NAME", default="Afterword")

INSTALLED_APPS = [
    "accounts",
    "interviews",
    "followups",
    "coaching",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "config.middleware.PlainApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.request_metrics.RequestMetricsMiddleware",
    "config.middleware.RequestIdMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.token_access.TokenMiddleware",
    "accounts.languages.LanguageMiddleware",
    "accounts.leaving.LeavingMiddleware",
    "config.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.middleware.SecondStepMiddleware",
    "config.middleware.SizeMiddleware",
    "config.middleware.ButtonsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "config.middleware.SentFormsMiddleware",
    "config.middleware.ConflictMiddleware",
    "config.rates.RateHeadersMiddleware",
    "config.idempotency.IdempotencyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.installation",
            ],
            "builtins": [
                "accounts.templatetags.addresses",
                "accounts.templatetags.live",
                "accounts.templatetags.when",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/afterword")}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
# Behind a pooler that lends a connection for one transaction only, nothing may be left on it: no plan, no cursor.
DATABASE_POOLED = env.bool("DATABASE_POOLED", default=False)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLED
# Statements that come back word for word, with their values beside them, are planned once: accounts/written.py, coaching/nearest.py.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", None if DATABASE_POOLED else 5)

# Broker and cache have databases of their own: emptying the cache is FLUSHDB and must not take queued wake-ups with it.
REDIS_URL = env.redis("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHE_URL = env.redis(
    "CACHE_URL", default=REDIS_URL.rsplit("/", 1)[0] + "/" + str(int(REDIS_URL.rsplit("/", 1)[1]) + 1)
)
CACHES = {
    "default": {
        "BACKEND": "config.cache.PatientRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
}

# Sessions live in the database: Redis may be lost at any moment, and nobody should be signed out by that.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.problems.csrf_failed"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = not DEVELOPMENT, True, "Lax"
if not DEVELOPMENT:
    # A browser takes these names from this very host over HTTPS only, so no neighbour under the same domain can plant one.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEVELOPMENT)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_TLS_PROXY = env.bool("BEHIND_TLS_PROXY", default=False)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits of sign-in count by address: the one the proxy saw, not the proxy's own, which all people share.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SILENCED_SYSTEM_CHECKS = []

AUTH_USER_MODEL = "accounts.User"
# allauth's, with the number of unread messages on the person.
AUTHENTICATION_BACKENDS = ["followups.sign_in.PeopleWithUnread"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.NamesOfThisPlaceValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupFields"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.SignInForm",
    "signup": "accounts.sign_up.SignUpForm",
    "reset_password": "accounts.sign_in.ResetForm",
    "reset_password_from_key": "accounts.sign_in.NewPasswordForm",
    "change_password": "accounts.sign_in.ChangeForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser that signed up, and only once.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The browser in which it is changed stays; all else is out (accounts/adapter.py).
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
# Addresses too are changed only by whoever knows the password: five minutes after it was given (allauth's default).
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEVELOPMENT else "https"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = INSTALLATION_NAME
# So long an account that is to be deleted waits for second thoughts.
AFTERWORD_ERASE_AFTER_DAYS = env.int("AFTERWORD_ERASE_AFTER_DAYS", default=7)
# A code is good for half a minute more: phones' clocks are off, and typing takes its time.
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "accounts.adapter.SecondStepAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
# An address that is not confirmed opens nothing here (accounts/sign_in.py), so it need not keep anybody from either.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.second_step.CodeForm",
    "add_webauthn": "accounts.second_step.PasskeyForm",
    "edit_webauthn": "accounts.second_step.PasskeyNameForm",
}
# Whether coaches and admins, who see what others wrote or decide about them, must have a passkey or a code from an app.
AFTERWORD_SECOND_STEP_FOR_STAFF = env.bool("AFTERWORD_SECOND_STEP_FOR_STAFF", default=not DEVELOPMENT)
# So long somebody whose second step an admin takes away can say no.
AFTERWORD_STEP_REMOVAL_HOURS = env.int("AFTERWORD_STEP_REMOVAL_HOURS", default=72)
# A file outside the database, to which each erasure adds a line, so that a restored backup can be brought up to date (accounts/ledger.py).
AFTERWORD_ERASURE_LEDGER = env.str("AFTERWORD_ERASURE_LEDGER", default="")
AFTERWORD_OPEN_SIGNUP = env.bool("AFTERWORD_OPEN_SIGNUP", default=True)

# Signing in with accounts of the organisation (accounts/oidc.py); without an issuer there is no button and no way in.
OIDC_ISSUER = env.url("OIDC_ISSUER", default="", example="https://id.example.org")
OIDC_NAME = env.str("OIDC_NAME", default="your organisation")
if OIDC_ISSUER and not (DEVELOPMENT or OIDC_ISSUER.startswith("https://")):
    raise ImproperlyConfigured("OIDC_ISSUER begins with https://.")
OIDC_APP = {
    "provider_id": "oidc",
    "name": OIDC_NAME,
    "client_id": env.str("OIDC_CLIENT_ID") if OIDC_ISSUER else "",
    "secret": env.str("OIDC_CLIENT_SECRET") if OIDC_ISSUER else "",
    "settings": {"server_url": OIDC_ISSUER},
}
if OIDC_ISSUER or DEVELOPMENT:
    # Its addresses and libraries only where it may be asked for; tests name an issuer as they go.
    INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC_APP] if OIDC_ISSUER else []}}
SOCIALACCOUNT_ADAPTER = "accounts.oidc.OidcAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
if OIDC_ISSUER:
    # Browsers ask this of where a form is sent on to, as well.
    SECURE_CSP["form-action"].append("/".join(OIDC_ISSUER.split("/")[:3]))

# Every mail is first a row: allauth's, Django's and ours (followups/outbox).
MAILERS = {"default": {"BACKEND": "followups.outbox.backend.OutboxBackend"}}
DEFAULT_FROM_EMAIL = env.address("DEFAULT_FROM_EMAIL", default="afterword@localhost.localdomain")
SMTP_HOST = env.str("SMTP_HOST", default="127.0.0.1")
SMTP_PORT = env.int("SMTP_PORT", default=25, least=1, most=65535)
SMTP_USER = env.str("SMTP_USER", default="")
SMTP_PASSWORD = env.str("SMTP_PASSWORD", default="")
SMTP_SECURITY = env.choice("SMTP_SECURITY", ["none", "starttls", "tls"], default="none")
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default=DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">"))
AFTERWORD_MAILDIR = env.str("AFTERWORD_MAILDIR", default="")
# Addresses of interviewers and referees are forgotten so many days after the outcome (followups/keeping.py).
AFTERWORD_FORGET_ADDRESSES_DAYS = env.int("AFTERWORD_FORGET_ADDRESSES_DAYS", default=90)
# Rows of mails to our own people leave the outbox so long after they are over; punctuality looks back twelve weeks.
AFTERWORD_ARCHIVE_MAILS_DAYS = env.int("AFTERWORD_ARCHIVE_MAILS_DAYS", default=180)
if AFTERWORD_ARCHIVE_MAILS_DAYS < 90:
    raise ImproperlyConfigured("AFTERWORD_ARCHIVE_MAILS_DAYS: at least 90.")
UNDO_SECONDS = env.int("UNDO_SECONDS", default=60)
# How soon an open page first asks for what has changed on it; then ever more rarely (static/js/live.js).
LIVE_SECONDS = env.float("LIVE_SECONDS", default=5.0)
# What keeps this from being a relay for spam (followups/outbox/limits.py).
LETTERS_PER_SENDER_A_DAY = env.int("LETTERS_PER_SENDER_A_DAY", default=20)
LETTERS_PER_RECIPIENT_A_DAY = env.int("LETTERS_PER_RECIPIENT_A_DAY", default=25)
LETTERS_AN_HOUR = env.int("LETTERS_AN_HOUR", default=500)
# Where what comes back is sent, with a token in each mail's envelope; empty where the provider sets the envelope itself.
BOUNCE_ADDRESS = env.address("BOUNCE_ADDRESS", default="")
if len(BOUNCE_ADDRESS.partition("@")[0]) > 20:
    # With row and token behind it the whole would be longer than the 64 characters that servers take (RFC 5321).
    raise ImproperlyConfigured("BOUNCE_ADDRESS: at most 20 characters before the @. For example: bounces@example.org")
AFTERWORD_PUBLIC_PUNCTUALITY = env.bool("AFTERWORD_PUBLIC_PUNCTUALITY", default=False)
# Prometheus gives it as a bearer token; without one there is no /metrics.
AFTERWORD_METRICS_TOKEN = env.str("AFTERWORD_METRICS_TOKEN", default="")

# Named for those who wake it: no app imports config, and most web processes never need it.
AFTERWORD_CELERY_APP = "config.celery.app"
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # On the publishing side a dead or silent Redis must not slow a page: fail at once, the pump finds the row anyway.
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 0.5,
}
CELERY_TASK_PUBLISH_RETRY = False
# The whole timetable, in one place. Plain intervals: crontab skips and repeats at changes of offset. Nothing expires: that
# goes by the worker's clock, and one that is two hours fast would do nothing at all.
CELERY_BEAT_SCHEDULE = {
    "every-10-seconds-pump": {"task": "followups.tasks.pump", "schedule": 10.0},
    "every-60-seconds-sweep": {"task": "coaching.tasks.sweep", "schedule": 60.0},
    "every-60-seconds-build-exports": {"task": "followups.tasks.build_exports", "schedule": 60.0},
    "every-hour-check-invariants": {"task": "coaching.tasks.check_invariants", "schedule": 3600.0},
    "every-hour-keep-figures": {"task": "coaching.tasks.keep_figures", "schedule": 3600.0},
    "every-hour-archive-mails": {"task": "followups.tasks.archive_mails", "schedule": 3600.0},
    "every-day-roll-series": {"task": "coaching.tasks.roll_series", "schedule": 86400.0},
}

LANGUAGE_CODE = "en"
# Whole ones only (tests/test_catalogues.py): a half-translated page on a bad evening helps nobody.
OFFERED = env.choices("AFTERWORD_LANGUAGES", ["en", "sw"], default=["en", "sw"])
LANGUAGES = [(code, name) for code, name in [("en", "English"), ("sw", "Swahili")] if code in OFFERED]
# One folder for each catalogue of config/catalogues.py.
LOCALE_PATHS = sorted((BASE_DIR / "locale").iterdir())
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Without a build step in the demo: files come straight from static/.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.token_access.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "accounts.token_access.TokenScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsing.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "config.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "config.problems.problem_response",
    "DEFAULT_THROTTLE_CLASSES": ["config.rates.UserRate"],
    "PAGE_SIZE": 25,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Afterword",
    "DESCRIPTION": "The hours after a job interview: interviews, mistakes and their decisions, notes, reviews, mock sessions.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "config.schema.Generator",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "config.examples.add_examples"],
    "ENUM_NAME_OVERRIDES": {
        "StepRemovalStatusEnum": "accounts.models.StepRemoval.Status",
        "ReviewAnswerEnum": "coaching.models.ReviewItem.Answer",
        "RefereeAnswerEnum": "followups.models.RefereeBrief.Answer",
        "ActionEnum": "followups.models.TriageDecision.Action",
        "InterviewStatusEnum": "interviews.models.Interview.Status",
        "InterviewerKindEnum": "interviews.models.Interviewer.Kind",
        "LessonResultEnum": "followups.models.LessonResult.Result",
        "ListOrderEnum": "followups.models.InterviewImport.Order",
        "MailStatusEnum": "followups.models.OutboundEmail.Status",
        "SuppressionReasonEnum": "followups.models.Suppression.Source",
        "MistakeKindEnum": "interviews.models.Mistake.Kind",
        "MistakeStatusEnum": "interviews.models.Mistake.Status",
        "PaperEnum": "followups.models.CorrectionPlan.Paper",
        "YesNoUnknownEnum": "interviews.models.Mistake.YesNoUnknown",
    },
}

# What RequestIdMiddleware made or checked, never what a browser sent.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_values": {"()": "config.logs.WithoutValues"}},
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": "ext://config.logs.renderer",
            "foreign_pre_chain": "ext://config.logs.marks",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["no_values"]}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", LEVELS, default="INFO")},
}

# Rules of the installation (coaching).
AFTERWORD_COACHES_OPEN_SLOTS = env.bool("AFTERWORD_COACHES_OPEN_SLOTS", default=False)
# Whether somebody without a coach may ask all of them about one interview; whoever takes it sees that one until it is answered.
AFTERWORD_DROP_IN_DESK = env.bool("AFTERWORD_DROP_IN_DESK", default=False)
AFTERWORD_ANY_OPEN_SLOT = env.bool("AFTERWORD_ANY_OPEN_SLOT", default=True)
BOOKING_NOTICE_HOURS = env.int("BOOKING_NOTICE_HOURS", default=2)
BOOKING_HORIZON_DAYS = env.int("BOOKING_HORIZON_DAYS", default=60)
BOOKING_CUTOFF_HOURS = env.int("BOOKING_CUTOFF_HOURS", default=12)
BOOKING_LIVE_PER_CANDIDATE = env.int("BOOKING_LIVE_PER_CANDIDATE", default=2)
# So many missed sessions within so many days: she books none herself until fewer count. 0 switches it off.
BOOKING_NO_SHOWS = env.int("BOOKING_NO_SHOWS", default=2)
BOOKING_NO_SHOW_DAYS = env.int("BOOKING_NO_SHOW_DAYS", default=60)
# So long a change of several slots waits, and can be undone, before it is made and anybody hears of it.
CHANGE_HOLD_MINUTES = env.int("CHANGE_HOLD_MINUTES", default=10)
# Fewer free slots than this within so many days: admins hear of it.
SLOTS_LOW = env.int("SLOTS_LOW", default=3)
SLOTS_LOW_DAYS = env.int("SLOTS_LOW_DAYS", default=14)

"""Every choice an installation has, each an environment variable with a safe default (docs/operate/settings.md)."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import Env

from corneum.config.secrets import sealing_keys, secret_key

env = Env(prefix="CORNEUM_")

# --- where things are -------------------------------------------------------------------------
HOME = env.path("HOME", Path("var")).absolute()  # the database, the secret key, messages shown instead of sent
SOURCE = Path(__file__).resolve().parents[1]
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)

_site = urlsplit(SITE_URL)
_https = _site.scheme == "https"

# --- who may ask ------------------------------------------------------------------------------
SECRET_KEY = secret_key(HOME, env.str("SECRET_KEY", ""))
SEALING_KEYS = sealing_keys(HOME, env.list("SEALING_KEYS", []))  # what clinical words are sealed with (db/sealed.py)
ALLOWED_HOSTS = env.list("HOSTS", [_site.hostname or "localhost"])
if DEMO:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"]
# Whose X-Forwarded-For is believed: networks such as 127.0.0.1/32 (platform/accounts/address.py)
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])

# --- the application --------------------------------------------------------------------------
ROOT_URLCONF = "corneum.config.urls"
WSGI_APPLICATION = "corneum.config.wsgi.application"
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corneum.platform.accounts",  # before the sign-in library, so that our pages stand in place of its own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "corneum.platform.ui",
    "django.forms",  # its own widgets, behind ours
    "corneum.platform.audit",
    "corneum.platform.jobs",
    "corneum.platform.search",
    "corneum.platform.messages",
    "corneum.clinic.premises",
    "corneum.clinic.treatments",
    "corneum.clinic.practitioners",
    "corneum.clinic.patients",
    "corneum.clinic.guides",
    "corneum.clinic.writing",
    "corneum.clinic.complaints",
    "corneum.clinic.suitability",
    "corneum.clinic.consent",
    "corneum.clinic.diary",
    "corneum.clinic.records",
    "corneum.clinic.aftercare",
    "corneum.clinic.credentials",
    "corneum.clinic.calendars",
    "corneum.clinic.enquiries",
    "corneum.clinic.booking",
    "corneum.clinic.setup",
    "corneum.clinic.reminders",
    "corneum.clinic.waiting",
    "corneum.clinic.holding",
    "corneum.clinic.replacing",
    "corneum.clinic.courses",
    "corneum.clinic.desk",
    "corneum.config",
]
MIDDLEWARE = [
    "corneum.platform.accounts.request_id.RequestId",
    "corneum.platform.accounts.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # outside the files, which get the policy too
    "corneum.platform.ui.first_of_all.FirstOfAll",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages that name a secret reflect nothing a stranger chose, and every form token is masked anew: ADR 0012.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "corneum.platform.accounts.clinics.ClinicInAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "corneum.platform.accounts.sittings.Sitting",
    "corneum.platform.audit.reads.RecordReads",
    "corneum.platform.audit.read_only.ReadOnlyWhenSafe",
    "corneum.platform.accounts.access.Door",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "corneum.config.context.every_page",
            ],
        },
    }
]
FORM_RENDERER = "corneum.platform.ui.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the database -----------------------------------------------------------------------------
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{HOME / 'corneum.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "corneum.db.sqlite3"  # Django's, with a line before the one writer
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits for its turn at BEGIN instead of failing at its first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL, because a confirmation that was shown must survive a power cut.
        # Recursive triggers, or INSERT OR REPLACE would remove a row of the trail without asking it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 2, "max_size": env.int("DATABASE_POOL", 10)}}

# --- signing in -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "corneum.platform.messages.identity.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever adds somebody knows their address (platform/audit/staff.py)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address that nobody has gets no mail: a form must not send to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told to its owner
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False  # a sitting ends with the browser, too
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # the key is address and network (platform/accounts/identity.py)
    "reset_password": "10/m/ip,3/10m/key",
}
ACCOUNT_FORMS = {
    "login": "corneum.platform.accounts.forms.SignIn",
    "reauthenticate": "corneum.platform.accounts.forms.ConfirmByPassword",
    "reset_password": "corneum.platform.accounts.forms.ForgotPassword",
    "reset_password_from_key": "corneum.platform.accounts.forms.NewPassword",
    "change_password": "corneum.platform.accounts.forms.ChangePassword",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "corneum.platform.accounts.identity.FactorsAdapter"
MFA_FORMS = {
    "authenticate": "corneum.platform.accounts.forms.SecondFactor",
    "reauthenticate": "corneum.platform.accounts.forms.ConfirmByCode",
    "activate_totp": "corneum.platform.accounts.forms.SetUpApp",
    "add_webauthn": "corneum.platform.accounts.forms.AddPasskey",
    "login_webauthn": "corneum.platform.accounts.forms.SignInByPasskey",
    "authenticate_webauthn": "corneum.platform.accounts.forms.SecondFactorByPasskey",
    "reauthenticate_webauthn": "corneum.platform.accounts.forms.ConfirmByPasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute early or late; a code still opens once (platform/accounts/forms.py)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Corneum"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https  # a passkey on localhost
LOGIN_REDIRECT_URL = "/desk/"
LOGIN_URL = "/accounts/login/"
PASSWORD_RESET_TIMEOUT = 60 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60  # and half an hour of doing nothing ends it too (platform/accounts/sittings.py)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", 30)
# For the sign-in library's counts of tries, which every process must share; pages are not kept in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "KEY_FUNCTION": "corneum.platform.accounts.limits.hashed_cache_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # with few, many strangers' tries would push out somebody's own
    }
}

# --- what a browser is told -------------------------------------------------------------------
SECURE_SSL_REDIRECT = False  # the proxy in front does that; see docs/operate
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "corneum-session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "corneum-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # until the browser closes: nothing stays to tell that somebody was here
CSRF_TRUSTED_ORIGINS = [SITE_URL] if _https else []  # whatever the proxy says about the connection
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # no redirect to https from here: the proxy does that
    "security.W021",  # no HSTS preload: that is for the owner of the domain to promise
]
CSRF_FAILURE_VIEW = "corneum.platform.ui.views.foreign_form"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# What the desk is told next stays in the session: a cookie would outlive it, and can be read.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["corneum.platform.ui.uploads.AskedForOnly"]
APPEND_SLASH = True

# --- booking ----------------------------------------------------------------------------------
# How many times one network can keep from everybody else at once (clinic/booking/actions/drafts.py)
HOLDS_PER_NETWORK = env.int("HOLDS_PER_NETWORK", 30)
# How many bookings one network can make within an hour (clinic/booking/actions/appointments.py)
BOOKINGS_PER_NETWORK = env.int("BOOKINGS_PER_NETWORK", 30)

# --- foreign calendars ------------------------------------------------------------------------
# Private networks in which calendars may stand, such as 10.1.0.0/16 (clinic/calendars/fetching.py)
CALENDARS_PRIVATE: list[str] = env.list("CALENDARS_PRIVATE", [])

# --- messages ---------------------------------------------------------------------------------
# smtp://user:password@host:587/?tls=starttls, folder:/path/to/files, or console:
# texts: twilio://account:token@host/?from=+44…, folder: or console:
MAIL_URL = env.str("MAIL_URL", f"folder:{HOME / 'outbox'}")
TEXT_URL = env.str("TEXT_URL", f"folder:{HOME / 'outbox'}")
# The most texts that leave within a day, whatever goes wrong; 0: as many as there are (platform/messages/delivery.py)
TEXTS_PER_DAY = env.int("TEXTS_PER_DAY", 1000)
# imaps://user:password@host/INBOX, in which answers and e-mails to the clinic arrive; empty: none is read
MAILBOX_URL = env.str("MAILBOX_URL", "")
MAILBOX_PLUS = env.bool("MAILBOX_PLUS", True)
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")  # mailto:… or https://…, in security.txt; none: the clinic's e-mail
MAIL_FROM = env.str("MAIL_FROM", f"clinic@{_site.hostname or 'localhost'}")

# --- words and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our own pages
# Hashed names that a browser keeps for ever, once `collectstatic` has run; while developing and in tests, plain ones.
_hashed = env.bool("HASH_STATIC", not DEBUG)
_hashing, _plain = (
    "corneum.platform.ui.static_files.BundledFiles",
    "django.contrib.staticfiles.storage.StaticFilesStorage",
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _hashing if _hashed else _plain},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not _hashed

# --- logs: what happened, never to whom -------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "corneum.config.logs.BlackedOut",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"strangers": {"()": "corneum.config.logs.StrangersMistakes"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["strangers"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}

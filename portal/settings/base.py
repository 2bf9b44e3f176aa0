"""Django's settings, all of them made from `portal.settings.env`."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from pydantic import ValidationError

from portal.settings.env import Deployment, Env, refuse_readable_dotenv, sentence
from portal.settings.logs import logging_config
from portal.settings.schedule import beat_schedule

BASE_DIR = Path(__file__).resolve().parents[2]

try:
    refuse_readable_dotenv()
    ENV = Env()  # type: ignore[call-arg]  # pydantic fills the fields from the environment
except ValidationError as exc:
    sys.exit(sentence(exc.errors(include_url=False, include_input=False)))
except PermissionError as exc:
    sys.exit(str(exc))

SECURE = ENV.PUBLIC_URL.startswith("https://")
PUBLIC_HOST = ENV.PUBLIC_URL.split("://", 1)[1].rsplit(":", 1)[0]

SECRET_KEY = ENV.SECRET_KEY
ENCRYPTION_KEYS = ENV.ENCRYPTION_KEYS
PUBLIC_URL = ENV.PUBLIC_URL
DEPLOYMENT = ENV.DEPLOYMENT.value
RIBBON = "" if ENV.DEPLOYMENT is Deployment.PRODUCTION else ENV.DEPLOYMENT.value
HEALTH_TOKEN = ENV.HEALTH_TOKEN
VERSION = "0.1.0"
DEBUG = False
ALLOWED_HOSTS = [PUBLIC_HOST, *ENV.ALLOWED_HOSTS]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_structlog",
    "pgtrigger",
    "portal.core",
    "portal.audit",
    "portal.accounts",
    "portal.setup",
    "odoo_bridge",
    "crm_intake",
    "scheduling",
    "drivers",
    "portal.dashboard",
    "portal.office",
]

MIDDLEWARE = [
    "portal.core.middleware.RequestId",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.core.middleware.NoNul",
    "portal.core.middleware.PagesForWrongMethods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.core.middleware.ExpiredLogin",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.setup.middleware.BusinessZone",
    "portal.core.middleware.LivePosition",
    "portal.core.middleware.RefusalsAsToasts",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.setup.context.business",
                "odoo_bridge.context.odoo",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The web processes keep a pool; a worker would open a new backend for every task with one.
DATABASES = {"default": environ.Env.db_url_config(ENV.DATABASE_URL)}
# Only what asks for a prepared statement gets one (``crm_intake/services/store_delivery.py``).
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, "prepare_threshold": 0}
if ENV.DATABASE_POOL:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16, "timeout": 5}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In PostgreSQL, so that a lost Redis neither logs anybody out nor opens the log-in limits.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}
PARTS_ARE_KEPT = True  # of pages: see ``portal.core.kept_parts``

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 12}}),
        ("CommonPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.office.adapter.CodesByText"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.SignInForm",
    "request_login_code": "portal.office.forms.sign_in.AskForCodeForm",
    "confirm_login_code": "portal.office.forms.sign_in.EnterCodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# Each code may be guessed at three times: by the day, too, or a guess would be right in weeks.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/d/key"}
CODE_LOGIN_HOURS = ENV.CODE_LOGIN_HOURS
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_TRUSTED_PROXY_COUNT = ENV.TRUSTED_PROXIES
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.TRUSTED_PROXIES
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_FAILURE_VIEW = "portal.core.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ENV.PUBLIC_URL]

SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = ["^health"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENV.TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TILES = ["/".join(ENV.MAP_TILES_URL.split("/")[:3])] if ENV.MAP_TILES_URL else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *TILES],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
BUSINESS_TIME_ZONE = ENV.BUSINESS_TIME_ZONE
BUSINESS_COUNTRY = ENV.BUSINESS_COUNTRY

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ENV.STATIC_ROOT
STATICFILES_DIRS = [BASE_DIR / "static" / "dist", ("img", BASE_DIR / "static" / "img")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENV.MEDIA_ROOT

EMAIL = environ.Env.email_url_config(ENV.EMAIL_URL)
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = "/" + EMAIL["EMAIL_FILE_PATH"].lstrip("/")
EMAIL_HOST, EMAIL_PORT = EMAIL["EMAIL_HOST"], EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_USER"], EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL.get("EMAIL_USE_TLS", False), EMAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.DEFAULT_FROM_EMAIL

ODOO_URL, ODOO_DB, ODOO_API_KEY = ENV.ODOO_URL, ENV.ODOO_DB, ENV.ODOO_API_KEY
OUTBOX_LEASE_SECONDS = ENV.OUTBOX_LEASE_SECONDS
OUTBOX_MAX_INFLIGHT_SECONDS = ENV.OUTBOX_MAX_INFLIGHT_SECONDS
OUTBOX_PROBE_SECONDS = ENV.OUTBOX_PROBE_SECONDS
OUTBOX_CONCURRENCY = ENV.OUTBOX_CONCURRENCY
OUTBOX_CALLS_PER_SECOND = ENV.OUTBOX_CALLS_PER_SECOND
ODOO_POLL_SECONDS = ENV.ODOO_POLL_SECONDS
ODOO_WEBHOOK_SECRET, ODOO_WEBHOOK_BASE_URL = ENV.ODOO_WEBHOOK_SECRET, ENV.ODOO_WEBHOOK_BASE_URL
ODOO_DRIVER_FIELD = ENV.ODOO_DRIVER_FIELD
ODOO_READ_TIMEOUT, ODOO_WRITE_TIMEOUT = ENV.ODOO_READ_TIMEOUT, ENV.ODOO_WRITE_TIMEOUT

QUO_SIGNING_SECRET, QUO_WEBHOOK_KEY = ENV.QUO_SIGNING_SECRET, ENV.QUO_WEBHOOK_KEY
QUO_WINDOW_SECONDS = ENV.QUO_WINDOW_SECONDS
QUO_LEGACY_WINDOW_SECONDS = ENV.QUO_LEGACY_WINDOW_SECONDS
TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN = ENV.TWILIO_ACCOUNT_SID, ENV.TWILIO_AUTH_TOKEN
TWILIO_API_URL, MEDIA_MAY_BE_LOCAL = ENV.TWILIO_API_URL, ENV.MEDIA_MAY_BE_LOCAL
QUO_API_URL, QUO_API_KEY, QUO_FROM = ENV.QUO_API_URL, ENV.QUO_API_KEY, ENV.QUO_FROM
TWILIO_FROM, PROVIDER_MAY_BE_LOCAL = ENV.TWILIO_FROM, ENV.PROVIDER_MAY_BE_LOCAL
TEXT_PROVIDER, TEXTS_PER_SECOND = ENV.TEXT_PROVIDER, ENV.TEXTS_PER_SECOND
SIGNED_WEBHOOK_SECRET, GITHUB_WEBHOOK_SECRET = ENV.SIGNED_WEBHOOK_SECRET, ENV.GITHUB_WEBHOOK_SECRET
GEOCODERS, CENSUS_GEOCODER_URL = ENV.GEOCODERS, ENV.CENSUS_GEOCODER_URL
NOMINATIM_URL, GOOGLE_GEOCODING_URL = ENV.NOMINATIM_URL, ENV.GOOGLE_GEOCODING_URL
GOOGLE_MAPS_API_KEY, GEO_MAY_BE_LOCAL = ENV.GOOGLE_MAPS_API_KEY, ENV.GEO_MAY_BE_LOCAL
GOOGLE_PLACES_URL, GOOGLE_MATRIX_URL = ENV.GOOGLE_PLACES_URL, ENV.GOOGLE_MATRIX_URL
GOOGLE_ROUTES_URL, OSRM_URL = ENV.GOOGLE_ROUTES_URL, ENV.OSRM_URL
DELIVERY_ORIGIN_LATITUDE = ENV.DELIVERY_ORIGIN_LATITUDE
DELIVERY_ORIGIN_LONGITUDE = ENV.DELIVERY_ORIGIN_LONGITUDE
DELIVERY_RATE_PER_MILE = ENV.DELIVERY_RATE_PER_MILE
DELIVERY_MAX_DISTANCE = ENV.DELIVERY_MAX_DISTANCE
DELIVERY_ROAD_MULTIPLIER = ENV.DELIVERY_ROAD_MULTIPLIER
MAP_TILES_URL, MAP_TILES_ATTRIBUTION = ENV.MAP_TILES_URL, ENV.MAP_TILES_ATTRIBUTION
DEFAULT_LEAD_OWNER_ID, CHAT_MAY_BE_LOCAL = ENV.DEFAULT_LEAD_OWNER_ID, ENV.CHAT_MAY_BE_LOCAL

CELERY_BROKER_URL = ENV.REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # longer than any time limit, or a long task would run twice
    "unacked_restore_interval": 15,
    "unacked_restore_throttle": 1,  # else a killed worker's task comes back only after minutes
    "socket_timeout": 30,
    "socket_connect_timeout": 1,
    "max_retries": 0,  # else a request would wait six seconds for a broker that is down
    "socket_keepalive": True,
}
CELERY_TASK_PUBLISH_RETRY = False  # a wake-up is a hint: the sweep finds what it would have said
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "odoo_bridge.tasks.poll_odoo": {"queue": "sync"},
    "odoo_bridge.tasks.reconcile_odoo": {"queue": "sync"},
    "odoo_bridge.tasks.drain_outbox": {"queue": "outbox"},
    "crm_intake.tasks.send_texts": {"queue": "texts"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 270
CELERY_BEAT_SCHEDULE = beat_schedule(poll_seconds=ENV.ODOO_POLL_SECONDS)
CELERY_TIMEZONE = "UTC"

DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True  # checked by our own middleware first
DJANGO_STRUCTLOG_TRUST_UPSTREAM_CORRELATION_ID = False
LOGGING = logging_config(level=ENV.LOG_LEVEL)

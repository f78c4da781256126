"""Settings of the public service. Everything that differs between two deployments comes from the environment.

DATABASE_URL              postgresql://…             an embedded database by `opencompact serve` where none is given
OPENCOMPACT_SECRET        50 random characters       or OPENCOMPACT_SECRET_FILE
OPENCOMPACT_HOSTS         review.example.org         names under which the service is asked, separated by commas
OPENCOMPACT_HTTPS         yes | no                   no only on a machine of one's own: cookies then travel in the clear
OPENCOMPACT_WORKSPACE     a folder                   the tables that indicators and reviews are made of
OPENCOMPACT_STATE         a folder                   stylesheets, fonts, built reviews
OPENCOMPACT_SYNTHETIC     yes | no                   every page says that its data is made up
OPENCOMPACT_ADDRESS       https://review.example.org where readers find the service: built reviews lead there; the first of HOSTS if not given
OPENCOMPACT_PROXIES       0                          how many proxies stand before the service and set X-Forwarded-For
"""

from __future__ import annotations

from pathlib import Path

from opencompact.public import environment

HTTPS = environment.flag("OPENCOMPACT_HTTPS", True)
SECRET_KEY = environment.text("OPENCOMPACT_SECRET")
ALLOWED_HOSTS = environment.names("OPENCOMPACT_HOSTS")
ADDRESS = environment.text(
    "OPENCOMPACT_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if HTTPS and ALLOWED_HOSTS else ""
).rstrip("/")
DEBUG = False
WORKSPACE = environment.text("OPENCOMPACT_WORKSPACE")
STATE = Path(environment.text("OPENCOMPACT_STATE", "opencompact-state"))
SYNTHETIC = environment.flag("OPENCOMPACT_SYNTHETIC", False)
PROXIES = int(environment.text("OPENCOMPACT_PROXIES", "0"))

DATABASES = {"default": environment.database(environment.text("DATABASE_URL", "postgresql:///opencompact"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "public.Person"
ROOT_URLCONF = "opencompact.public.urls"
WSGI_APPLICATION = "opencompact.public.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "opencompact.public",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page of text travels in a quarter of its size. Tokens are masked anew in each answer (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "opencompact.public.middleware.refuse_in_one_form",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "opencompact.public.middleware.speak_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "opencompact.public.middleware.refuse_large_bodies",
    "allauth.account.middleware.AccountMiddleware",
    "opencompact.public.middleware.ask_second_factor",
    "opencompact.public.middleware.explain_errors",
    "opencompact.public.views.unsent.give_back_what_was_typed",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "opencompact.public.pages.environment",
            "context_processors": [
                "opencompact.public.pages.context",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# --- languages: ours are codes of two letters, Django's words for Chinese are under zh-hans ------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("es", "Español"),
    ("fr", "Français"),
    ("ru", "Русский"),
]

# Who runs the service, as its page About says it: a name, an address.
OPERATOR = environment.text("OPENCOMPACT_OPERATOR")

# --- signing in ---------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "opencompact.public.accounts.ClosedSignUp"
ACCOUNT_FORMS = {"login": "opencompact.public.accounts.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "20/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
# A browser takes a key's answer over plain HTTP from the machine itself only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ADAPTER = "opencompact.public.accounts.SealedFactors"
MFA_TOTP_ISSUER = "OpenCompact"
LOGIN_REDIRECT_URL = "desk"
LOGIN_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "opencompact.public.passwords.RepeatedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

# --- what a browser may do ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "opencompact.public.views.refusals.bad_form"

# --- limits -------------------------------------------------------------------------------------------------------------
MAXIMUM_UPLOAD = 20 << 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
NINJA_NUM_PROXIES = PROXIES
API_RATE = environment.text("OPENCOMPACT_API_RATE", "120/min")

# Counters of throttles are shared by all workers; tallies are kept near, for as long as nothing changes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "throttle"},
    "near": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
WHITENOISE_MAX_AGE = 3600
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING"},
        # Refusals are answers, not troubles; what is refused to whom is for the web server's log.
        "django.request": {"level": "ERROR"},
        # A wrong Host header is anybody's to send.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}

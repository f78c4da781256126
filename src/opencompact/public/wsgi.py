"""What a WSGI server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencompact.public.settings")
if os.environ.get("OPENCOMPACT_SYNTHETIC") == "yes":
    # A worker is a process of its own: the fictional areas have to be known to it too.
    from opencompact.public.serving import register_sample

    register_sample()
application = get_wsgi_application()

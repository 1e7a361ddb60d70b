"""The WSGI application of benchmarks/fill.py: the portal with the addresses of fill_urls.py."""
from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "benchmarks.fill_urls"
application = get_wsgi_application()

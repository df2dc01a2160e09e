"""`corneum web`: serve the pages."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.wsgi import get_wsgi_application


class Command(BaseCommand):
    """Serve the pages until stopped. Behind a proxy that buffers: see docs/operate."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask where to listen, and with how many processes."""
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port (127.0.0.1:8000)")
        parser.add_argument("--workers", type=int, default=2, help="processes (2)")
        parser.add_argument("--threads", type=int, default=4, help="threads in each (4)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run gunicorn in this process."""
        try:
            from gunicorn.app.base import BaseApplication
        except ImportError as error:  # Windows
            raise CommandError("There is no gunicorn here; use `corneum manage runserver`.") from error

        class Server(BaseApplication):
            cfg: Any

            def load_config(self) -> None:
                for key, value in {
                    "bind": options["bind"],
                    "workers": options["workers"],
                    "threads": options["threads"],
                    "worker_class": "gthread",
                    "timeout": 30,
                    "graceful_timeout": 25,
                    "control_socket_disable": True,
                    "loglevel": "warning",
                    # A proxy's word is believed only where CORNEUM_TRUSTED_PROXIES says so.
                    "forwarded_allow_ips": ",".join(p.partition("/")[0] for p in settings.TRUSTED_PROXIES)
                    or "127.0.0.1",
                }.items():
                    if key in self.cfg.settings:
                        self.cfg.set(key, value)

            def load(self) -> Any:
                return get_wsgi_application()

        server: Any = Server
        server().run()

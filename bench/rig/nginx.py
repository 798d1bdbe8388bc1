"""nginx sending given bytes as files: how fast they can be sent at all. One worker per core, files kept open, no log."""

import subprocess
import time
import urllib.request

from . import places

CONFIG = """
daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  open_file_cache max=100 inactive=600s;
  open_file_cache_valid 600s;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_requests 100000000;
  types {{ text/css css; text/javascript js; }}
  default_type "text/html; charset=utf-8";
  {temporary}
  server {{
    listen 127.0.0.1:{port} reuseport;
    root {folder}/pages;
    location ~ \\.br$ {{ add_header content-encoding br; }}
  }}
}}
"""


class Nginx:
    def __init__(self, port, pages):
        """`pages`: names to bytes; a name that ends in .br is sent as brotli."""
        self.folder, self.port = places.fresh("nginx"), port
        (self.folder / "pages").mkdir()
        for name, content in pages.items():
            (self.folder / "pages" / name).write_bytes(content)
        kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        temporary = " ".join(f"{kind}_temp_path {self.folder}/tmp;" for kind in kinds)
        text = CONFIG.format(folder=self.folder, port=port, temporary=temporary)
        (self.folder / "nginx.conf").write_text(text)

    def url(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def __enter__(self):
        command = [places.NGINX, "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log"]
        self.process = subprocess.Popen(command)
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{next((self.folder / 'pages').iterdir()).name}").close()
                return self
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"✗ nginx did not start: {self.folder}/error.log")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)

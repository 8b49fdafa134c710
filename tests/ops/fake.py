"""A tiny program for the runner to look after. How it behaves: the words after its name.

`stubborn` ignores SIGTERM; `parent` leaves a child of its own behind;
`mortal` dies at once; `mute` is never ready; `wrong` refuses its settings.
"""

import http.server
import os
import signal
import subprocess
import sys
import time

name, *moods = sys.argv[1:]
port = int(os.environ[f"ASPA_{name.upper()}_PORT"])


class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        ready = "mute" not in moods
        self.send_response(200 if ready else 503)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments: object) -> None:
        pass


print(f"hello from {name}, pid {os.getpid()}, secret {os.environ.get('ASPA_SECRET_KEY', 'none')}", flush=True)
if "wrong" in moods:
    print("COLOUR must be a colour", flush=True)
    sys.exit(2)
if "stubborn" in moods:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "parent" in moods:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    print(f"child {child.pid}", flush=True)
if "mortal" in moods:
    time.sleep(0.05)
    sys.exit(3)
http.server.ThreadingHTTPServer(("127.0.0.1", port), Health).serve_forever()

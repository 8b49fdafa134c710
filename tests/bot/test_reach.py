"""What docs/security/dependencies.md says: the known faults of what Rasa pins cannot be reached here."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import yaml
from house import House

from actions import settings as actions_settings
from bot import settings as bot_settings
from bot.settings import ROOT

NEVER_LOADED = (
    "tensorflow", "keras", "skops", "sklearn", "google.protobuf", "pymongo", "dns", "pydantic", "sentry_sdk",
    "werkzeug", "PIL", "grpc", "h5py", "boto3", "jax", "transformers", "sanic_jwt", "joblib",
)  # fmt: skip
BOT = "from bot import light; light.install(); import rasa.core.agent, bot.channel, bot.server, bot.trackers"
ACTIONS = "import actions.__main__, actions.door, rasa_sdk.executor"


def ask(imports: str, question: str) -> str:
    code = f"import sys\n{imports}\nprint({question})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_is_never_used_is_never_loaded():
    """In neither program: not as a stand-in's real self either."""
    real = f"[n for n in {NEVER_LOADED!r} if getattr(sys.modules.get(n), '__file__', None)]"

    assert ask(BOT, real) == "[]"
    assert ask(ACTIONS, real) == "[]"


def test_nothing_here_serves_with_aiohttp():
    """Rasa imports aiohttp whole; nothing of Rasa's that is loaded, and nothing of ours, speaks of its server."""
    files = "[m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'rasa' and hasattr(m, '__file__')]"
    sources = f"{{name: open(name).read() for name in {files} if str(name).endswith('.py')}}"
    speaks = "[n for n, text in found.items() if 'aiohttp.web' in text or 'aiohttp import web' in text]"

    assert ask(f"{BOT}\nfound = {sources}\nassert len(found) > 50", speaks) == "[]"
    ours = [path for folder in ("bot", "actions", "masking") for path in (ROOT / folder).rglob("*.py")]
    assert not [path.name for path in ours if "aiohttp.web" in path.read_text("utf-8")]


def test_the_bot_asks_the_actions_on_this_machine_alone():
    """By one client of ours, if not in its own process; Rasa's own, which would ask whom endpoints.yml names, has
    nobody to ask."""
    env = {"ASPA_BOT_TOKEN": "t" * 40, "ASPA_ACTIONS_IN": "server"}
    clients = [
        path.name for path in (ROOT / "bot").rglob("*.py") if "aiohttp.ClientSession(" in path.read_text("utf-8")
    ]

    assert clients == ["remote.py"]
    assert bot_settings.load(env).actions_url.startswith("http://127.0.0.1:")


def test_the_bot_has_no_redis_and_no_broker():
    """No lock store, tracker store or event broker of Rasa's is named, so none of their clients speaks to anybody."""
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
    ours = [path.name for path in (ROOT / "bot").rglob("*.py") if "import redis" in path.read_text("utf-8")]

    assert set(endpoints) == {"action_endpoint"}
    assert ours == []


def test_no_page_in_a_browser_may_ask_the_actions(tmp_path: Path):
    """Their server sends the header for foreign origins (sanic-cors) to nobody."""
    house = House(tmp_path)
    house.settings(ASPA_ACTIONS_IN="server")
    asked = urllib.request.Request(
        f"http://127.0.0.1:{house.ports['actions']}/health", headers={"Origin": "https://evil.example"}
    )
    try:
        house.start("actions")
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert answer.status == 200
            assert "access-control-allow-origin" not in {name.lower() for name in answer.headers}
    finally:
        house.stop()


def test_bot_and_actions_listen_on_the_loopback_alone():
    """Unless somebody sets otherwise by name; the containers, which do, let in nobody but the proxy from outside."""
    env = {"ASPA_HOST": "0.0.0.0", "HOST": "0.0.0.0", "ASPA_BOT_TOKEN": "t" * 40, "ASPA_SHOP_TOKEN": "s" * 40}

    assert bot_settings.load(env).host == "127.0.0.1"
    assert actions_settings.load(env).host == "127.0.0.1"
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    open_ports = {name: service["ports"] for name, service in services.items() if service.get("ports")}
    assert not {"bot", "actions", "desk", "postgres", "redis"} & open_ports.keys()

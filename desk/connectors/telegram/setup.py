"""Making the bot known to Telegram, and saying in words what is wrong with it."""

from __future__ import annotations

from telegram import Bot, BotCommand, User, WebhookInfo
from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.request import HTTPXRequest

from desk.channel_settings import TelegramSettings
from desk.texts import LOCALES, Texts

PATH = "/channels/telegram"
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
"""The kinds of updates that concern us; Telegram keeps the others to itself."""
CONNECTIONS = 20
"""How many deliveries Telegram may make at a time."""
MENU = ("human", "language", "help", "delete")
_SECONDS = 10.0
_POOL = 64


def make_bot(settings: TelegramSettings) -> Bot:
    """The library's client. Its calls raise TelegramError."""
    request = HTTPXRequest(
        connection_pool_size=_POOL, connect_timeout=_SECONDS, read_timeout=_SECONDS, pool_timeout=_SECONDS
    )
    api = settings.api
    return Bot(settings.token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request)


async def set_up(bot: Bot, settings: TelegramSettings, public_url: str, words: Texts) -> User:
    """Tell Telegram where to deliver and which commands there are; who the bot is. Raises TelegramError."""
    me = await bot.get_me()
    for locale in LOCALES:
        commands = [BotCommand(each, words.say(f"command_{each}", locale)) for each in MENU]
        await bot.set_my_commands(commands, language_code=locale)
        if locale == "en":  # also for whoever's language we do not speak
            await bot.set_my_commands(commands)
    if settings.mode == "polling":
        await bot.delete_webhook()
    elif settings.secret and public_url:
        await bot.set_webhook(
            public_url + PATH, secret_token=settings.secret, allowed_updates=WANTED, max_connections=CONNECTIONS
        )
    return me


async def check(settings: TelegramSettings, public_url: str) -> list[str]:
    """What is wrong, each with what to do about it; nothing when all is well."""
    bot = make_bot(settings)
    try:
        await bot.get_me()
        info = await bot.get_webhook_info()
    except InvalidToken:
        return ["Telegram does not know this bot. Copy the token from @BotFather (/mybots) to ASPA_TELEGRAM_TOKEN."]
    except NetworkError as error:
        return [f"{settings.api} cannot be reached ({error}). Check the network and ASPA_TELEGRAM_API."]
    except TelegramError as error:
        return [f"Telegram says no: {error}."]
    finally:
        await bot.request.shutdown()
    return _about_polling(info) if settings.mode == "polling" else _about_webhook(settings, public_url, info)


def _about_polling(info: WebhookInfo) -> list[str]:
    if not info.url:
        return []
    return [f"Telegram delivers to {info.url}, so polling gets nothing. Start the desk: with polling it ends that."]


def _about_webhook(settings: TelegramSettings, public_url: str, info: WebhookInfo) -> list[str]:
    wrong = []
    if not settings.secret:
        wrong.append("ASPA_TELEGRAM_SECRET is not set: every delivery is turned away with 503. `openssl rand -hex 32`.")
    if not public_url:
        wrong.append("ASPA_PUBLIC_URL is not set, so Telegram is not told where to deliver; or poll instead.")
    elif not public_url.startswith("https://"):
        wrong.append(f"Telegram delivers to https addresses only, and ASPA_PUBLIC_URL is {public_url}.")
    elif info.url != public_url + PATH:
        there = f"to {info.url}" if info.url else "nowhere"
        wrong.append(f"Telegram delivers {there} and not to {public_url + PATH}. Start the desk: it tells Telegram.")
    if info.last_error_message:
        wrong.append(f"Telegram's last delivery failed: {info.last_error_message}. {_advice(info.last_error_message)}")
    if info.pending_update_count > _POOL:
        wrong.append(f"{info.pending_update_count} updates wait to be delivered. Is the desk running and reachable?")
    return wrong


def _advice(error: str) -> str:
    if "401" in error:
        return "The secret has changed since Telegram was told: start the desk again."
    if "503" in error:
        return "The desk was starting or had no secret or database."
    if "certificate" in error.lower() or "ssl" in error.lower():
        return "The certificate must be one that browsers accept, with its intermediate certificates."
    return "Open the address from outside: it must answer 401."

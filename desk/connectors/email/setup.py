"""Saying in words what is wrong with the mailbox and the mail server."""

from __future__ import annotations

import asyncio
import socket
import ssl

import aiosmtplib

from desk.channel_settings import EmailSettings, MailServer
from desk.connectors.email.mailbox import ERRORS, LOGIN, Mailbox, Misused
from desk.connectors.email.outbound import Post


async def check(settings: EmailSettings) -> list[str]:
    """What is wrong, each with what to do about it; nothing when all is well."""
    return [each for each in await asyncio.gather(_about_imap(settings), _about_smtp(settings)) if each]


async def _about_imap(settings: EmailSettings) -> str:
    mailbox = Mailbox(settings)
    try:
        await asyncio.to_thread(mailbox.open)
    except Misused as error:
        return f"{str(error).rstrip('.')}. {error.fix}".strip()
    except ERRORS as error:
        return _unreachable("ASPA_EMAIL_IMAP", settings.imap, error)
    finally:
        await asyncio.to_thread(mailbox.close)
    return ""


async def _about_smtp(settings: EmailSettings) -> str:
    try:
        async with Post(settings).connect() as server:
            code, words = await server.mail(settings.address)
            await server.rset()
        return "" if code < 400 else f"The mail server refuses the sender {settings.address}: {words}."
    except aiosmtplib.SMTPAuthenticationError as error:
        return f"The mail server does not let {settings.user!r} in: {error.message[:200]}. {LOGIN}"
    except aiosmtplib.SMTPSenderRefused as error:
        why = error.message[:200]
        return f"The mail server refuses the sender {settings.address}: {why}. Check ASPA_EMAIL_ADDRESS and _USER."
    except (aiosmtplib.SMTPException, OSError) as error:
        return _unreachable("ASPA_EMAIL_SMTP", settings.smtp, error)


def _unreachable(name: str, server: MailServer, error: Exception) -> str:
    """In words what kept us from talking to it."""
    where = f"{server.host}:{server.port}"
    cause: BaseException = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"The certificate of {where} is not to be trusted ({cause.verify_message}). Use the name it is made for."
    if isinstance(cause, ssl.SSLError):
        return (
            f"{where} does not speak TLS from the first byte. Check the port in {name}, or leave the s out of {name}."
        )
    if isinstance(cause, socket.gaierror):
        return f"There is no host {server.host}. Check {name}."
    return f"{where} cannot be reached ({str(error)[:200] or type(error).__name__}). Check {name} and the network."

"""Handing mails to the shop's mail server, and what its answers mean for the sender."""

from __future__ import annotations

import contextlib
import re
import ssl
from collections.abc import AsyncIterator, Iterator
from email.message import EmailMessage

import aiosmtplib

from desk.channel_settings import EmailSettings
from desk.connectors.email.mailbox import plain_text_refused
from desk.service.channel import RetryLater, Undeliverable

SECONDS = 20.0
_NO_SUCH_ADDRESS = (550, 551, 553)
_WHY_LENGTH = 200
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")


class Post:
    """A connection for each mail: they are few, and servers drop those that wait."""

    def __init__(self, settings: EmailSettings) -> None:
        self._settings = settings

    async def send(self, mail: EmailMessage, to: str) -> None:
        """Raises RetryLater, Undeliverable."""
        with _our_errors():
            async with self.connect() as server:
                await server.send_message(mail, sender=self._settings.address, recipients=[to])

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """A server that has let us in. Raises OSError, aiosmtplib.SMTPException."""
        smtp = self._settings.smtp
        server = aiosmtplib.SMTP(
            hostname=smtp.host,
            port=smtp.port,
            use_tls=smtp.tls,
            start_tls=False if smtp.tls else None,  # None: where the server offers it
            tls_context=ssl.create_default_context(),
            timeout=SECONDS,
        )
        async with server:
            if self._settings.password and not (smtp.near and not server.supports_extension("auth")):
                if not smtp.near and server.get_transport_info("sslcontext") is None:
                    raise ConnectionError(plain_text_refused("SMTP", smtp))
                await server.login(self._settings.user, self._settings.password)
            yield server


@contextlib.contextmanager
def _our_errors() -> Iterator[None]:
    """What the sender has to do about it. A server that does not let us in is ours to mend: nothing is given up."""
    try:
        yield
    except aiosmtplib.SMTPRecipientsRefused as error:
        first = error.recipients[0]
        raise _refusal(first, gone=first.code in _NO_SUCH_ADDRESS) from error
    except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPHeloError) as error:
        raise RetryLater(f"The mail server does not let the desk in: {_plain(error)}") from error
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(error, gone=False) from error
    except aiosmtplib.SMTPNotSupported as error:
        raise Undeliverable(_plain(error)) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise RetryLater(f"{type(error).__name__}: {_plain(error)}") from error


def _refusal(error: aiosmtplib.SMTPResponseException, *, gone: bool) -> RetryLater | Undeliverable:
    return Undeliverable(_plain(error), gone=gone) if error.code >= 500 else RetryLater(_plain(error))


def _plain(error: Exception) -> str:
    """For logs and agents: code and words, without anybody's address."""
    words = " ".join(str(each) for each in error.args[:2] if isinstance(each, (int, str)))
    return _ADDRESS.sub("…", " ".join(words.split()))[:_WHY_LENGTH]

import { useEffect, useState } from "preact/hooks";
import type { Locale } from "../shared/protocol";
import { texts } from "./texts";

interface Mail {
	id: string;
	at: number;
	to: string;
	subject: string;
	text: string;
	language: Locale;
}

const REFRESH_MS = 3_000;

/** The demo has no mail server: what would be sent is shown here. Asked of the desk only while it is open. */
export function Mailbox({ locale }: { locale: Locale }) {
	const t = texts[locale].mailbox;
	const [open, setOpen] = useState(false);
	const [mails, setMails] = useState<Mail[]>([]);

	useEffect(() => {
		if (!open) return;
		const look = async () => {
			try {
				const answer = await fetch("/demo/mails");
				if (answer.ok) setMails((await answer.json()).mails);
			} catch {
				// The desk is away; what was shown stays, and the next look tells.
			}
		};
		look();
		const timer = setInterval(look, REFRESH_MS);
		return () => clearInterval(timer);
	}, [open]);

	const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
	return (
		<details class="mailbox" onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>{t.title}</summary>
			<p>{t.lead}</p>
			{mails.length === 0 && <p role="status">{t.none}</p>}
			<ul>
				{mails.map((mail) => (
					<li key={mail.id} lang={mail.language}>
						<p>
							<time dateTime={new Date(mail.at).toISOString()}>{time.format(mail.at)}</time> {t.to(mail.to)}
						</p>
						<h3>{mail.subject}</h3>
						<pre>{mail.text}</pre>
					</li>
				))}
			</ul>
		</details>
	);
}

import type { OnScreen } from "./screen";

/** Who answers here, told before anything is written; then the shop's starters, until there is a conversation. */
export function Greeting({ screen }: OnScreen) {
	const { chat } = screen;
	const { t } = screen.state;
	const { config, entries, pending } = chat.state;
	const fresh = entries.length === 0 && pending.length === 0;
	if (entries.length > 0) return null; // the desk's own disclosure stands there from then on
	return (
		<>
			<article class="message bot">
				<p class="meta">
					<b>{t.authors.bot}</b> {t.roles.bot}
				</p>
				<div class="bubble" part="bubble bot">
					{config?.greeting ?? t.greeting}
				</div>
				{config?.privacy_url && (
					<a class="privacy" href={config.privacy_url} target="_blank" rel="noopener">
						{t.privacy}
					</a>
				)}
			</article>
			{fresh && config && config.starters.length > 0 && (
				<ul class="starters" aria-label={t.starters}>
					{config.starters.map(({ title, text }) => (
						<li key={title}>
							<button type="button" class="choice" part="choice" onClick={() => chat.write(text)}>
								{title}
							</button>
						</li>
					))}
				</ul>
			)}
		</>
	);
}

/** How long a text stays in the region; long enough for every screen reader to have taken it. */
const KEPT_MS = 8_000;

/**
 * The one live region. The log itself is not live: its bubbles change (ticks, choices, the pending copy that becomes the
 * entry) and would be read twice. What is put here is read once.
 */
export class Announcer {
	readonly region = document.createElement("div");

	constructor() {
		this.region.className = "unseen";
		this.region.role = "status";
		this.region.ariaLive = "polite";
		this.region.ariaAtomic = "false";
	}

	say(text: string, lang: string): void {
		const line = document.createElement("p");
		line.lang = lang;
		line.textContent = text;
		this.region.append(line);
		setTimeout(() => line.remove(), KEPT_MS);
	}
}

import { effect } from "@preact/signals";
import type { AlertMessage, Desk } from "../desk/desk";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { list } from "../i18n/format";
import { name } from "../page/names";
import { go, route } from "../page/route";
import { settings } from "../page/settings";
import type { Ui } from "../page/ui";
import { notify } from "./notices";
import { play } from "./sound";

/** Makes the desk's alert heard and seen, as the agent has set it; not for what is being looked at. */
export function alertAgent(desk: Desk, ui: Ui, { what, conversation }: AlertMessage): void {
	const watching = document.visibilityState === "visible" && document.hasFocus();
	if (what === "message" && watching && route.peek().conversation === conversation) return;
	const { soundWaiting, soundMessage, desktop } = settings.peek();
	if (what === "waiting" ? soundWaiting : soundMessage) play(what === "waiting" ? "waiting" : "message");
	const t = strings.peek();
	const summary = desk.inbox.summaries.peek().get(conversation);
	const who = summary ? name(t, summary) : t.views.waiting;
	ui.announcement.value = t.alert[what](who);
	if (!desktop) return;
	const why = summary
		? list(
				t,
				summary.reasons.map((code) => wordFor(t.reasons, code)),
			)
		: "";
	const view = what === "waiting" ? "waiting" : "mine";
	notify(t.alert[what](who), why, conversation, () => go({ view, conversation, details: false }));
}

/** Keeps the title's count and the icon's mark: waiting cases and own cases with something unread. Returns how to stop. */
export function showCount(desk: Desk, icons: { quiet: string; alert: string }): () => void {
	const stop = effect(() => {
		const t = strings.value;
		const count = desk.inbox.counts.value.waiting + desk.inbox.unreadOfMine;
		document.title = `${count ? t.alert.title(count) : ""}${t.product} – ${t.views[route.value.view]}`;
		document.querySelector("link[rel=icon]")?.setAttribute("href", count ? icons.alert : icons.quiet);
	});
	return () => {
		stop();
		document.title = strings.peek().product;
		document.querySelector("link[rel=icon]")?.setAttribute("href", icons.quiet);
	};
}

import type { Screen } from "./screen";

/** Keeps the loader's button true: its name, how many messages wait, whether the panel is open. */
export function tellLauncher(screen: Screen, button: HTMLButtonElement): void {
	const label = button.lastElementChild as HTMLElement;
	const badge = document.createElement("b");
	button.append(badge);
	const tell = () => {
		const { t, lang, open } = screen.state;
		const unread = open ? 0 : screen.chat.unread;
		label.textContent = t.launcher;
		badge.textContent = unread ? String(unread) : "";
		badge.hidden = !unread;
		button.lang = lang;
		button.setAttribute("aria-label", unread ? `${t.launcher} (${t.unread(unread)})` : t.launcher);
		button.setAttribute("aria-expanded", String(open));
	};
	tell();
	screen.chat.listen(tell);
	screen.listen((now, before) => {
		tell();
		if (before.open && !now.open) button.focus({ preventScroll: true });
	});
}

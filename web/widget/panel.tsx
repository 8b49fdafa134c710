/** The panel's first load: what the loader fetches when the customer opens the chat, or has a conversation already. */
import { render } from "preact";
import { Chat } from "./chat/chat";
import { saveOpen, wasOpen } from "./chat/storage";
import { localeOf } from "./i18n/strings";
import css from "./styles/panel.css?inline";
import { Announcer } from "./view/announcer";
import { tellLauncher } from "./view/launcher";
import { Panel } from "./view/Panel";
import { Screen } from "./view/screen";
import { giveStyles } from "./view/styles";

export interface PanelHandle {
	toggle(): void;
	/** The page's language has changed. */
	follow(tag: string): void;
}

/**
 * Draws the panel into the host's shadow root and takes over the button that the loader has drawn.
 * `origin`: the desk's, without a slash at its end.
 */
export async function mount(host: HTMLElement, button: HTMLButtonElement, origin: string): Promise<PanelHandle> {
	const root = host.shadowRoot as ShadowRoot;
	const page = host.getAttribute("mode") === "page";
	const tag = host.getAttribute("locale") || document.documentElement.lang || navigator.language;
	const chat = new Chat(origin, localeOf(tag) ?? "en", () => host.getAttribute("customer") ?? "");
	const announcer = new Announcer();
	const screen = new Screen(chat, announcer, root, page);
	await screen.loadStrings();

	giveStyles(root, css);
	const place = document.createElement("div");
	place.className = "place";
	root.append(place, announcer.region);
	if (!page) tellLauncher(screen, button);
	const remembered = chat.token !== null && wasOpen();
	if (page || remembered) screen.show({ focus: false });
	screen.listen(({ open }) => saveOpen(open && chat.token !== null));
	render(<Panel screen={screen} />, place);
	chat.resume();
	return {
		toggle: () => (screen.state.open ? screen.hide() : screen.show()),
		follow: (next) => chat.follow(localeOf(next) ?? "en"),
	};
}

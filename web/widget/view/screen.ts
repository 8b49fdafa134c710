import type { Locale, MessageEntry } from "../../shared/protocol";
import type { Chat, ChatState } from "../chat/chat";
import { newestSeq } from "../chat/pending";
import { Store } from "../chat/store";
import type { Strings } from "../i18n/strings";
import type { Announcer } from "./announcer";
import { authorOf } from "./words";

const LANGUAGES: Record<Locale, () => Promise<{ default: Strings }>> = {
	fi: () => import("../i18n/fi"),
	et: () => import("../i18n/et"),
	en: () => import("../i18n/en"),
};

/** More than this at once is told as a number. */
const READ_OUT = 3;

export interface ScreenState {
	open: boolean;
	/** Rises when the composer is to take the focus. */
	focusWanted: number;
	/** A failed message that goes back to the composer. */
	returned: string;
	t: Strings;
	/** Set together with `t`, so that words and `lang` never disagree while a language is loading. */
	lang: Locale;
}

/** What the customer has before their eyes: open or not, in which words, and what is read out. */
export class Screen extends Store<ScreenState> {
	/** Newest seq that was read out; null before the first greeting. */
	private announced: number | null = null;

	constructor(
		readonly chat: Chat,
		private readonly announcer: Announcer,
		readonly root: ShadowRoot,
		/** Fills its place in the page instead of floating over it. */
		readonly page: boolean,
	) {
		super({ open: false, focusWanted: 0, returned: "", t: {} as Strings, lang: "en" });
		chat.listen((now, before) => this.chatChanged(now, before));
	}

	/** The words of the chat's language. Throws when they cannot be fetched. */
	async loadStrings(): Promise<void> {
		const { locale } = this.chat.state;
		const { default: t } = await LANGUAGES[locale]();
		if (locale === this.chat.state.locale) this.set({ t, lang: locale });
	}

	show({ focus = true } = {}): void {
		this.set({ open: true, focusWanted: this.state.focusWanted + (focus ? 1 : 0) });
		this.chat.greet();
	}

	hide(): void {
		if (!this.page) this.set({ open: false });
	}

	say(text: string, lang: string = this.state.lang): void {
		this.announcer.say(text, lang);
	}

	private chatChanged(now: ChatState, before: ChatState): void {
		const { t } = this.state;
		if (now.locale !== before.locale) this.loadStrings().catch(() => {});
		if (now.offline && !before.offline) this.say(t.offline);
		if (now.entries !== before.entries || now.greeted !== before.greeted) this.announceNews(now);
		const place = now.conversation?.queue?.place;
		if (place && place !== before.conversation?.queue?.place && this.state.open) this.say(t.queuePlace(place));
	}

	private announceNews({ entries, greeted }: ChatState): void {
		if (!greeted) return;
		const since = this.announced;
		this.announced = newestSeq(entries);
		// What was there before the page was opened is history, not news.
		if (since === null) return;
		const news = entries.filter(({ seq, author }) => seq > since && author.role !== "customer");
		if (news.length > 0) this.readOut(news);
	}

	private readOut(news: MessageEntry[]): void {
		const { t, open } = this.state;
		if (!open || news.length > READ_OUT) return this.say(t.newMessages(news.length));
		for (const { author, text, lang, attachments } of news) {
			this.say(`${authorOf(author, t)}: ${text || attachments?.[0]?.name}`, lang);
		}
	}
}

/** What every part of the panel gets. */
export interface OnScreen {
	screen: Screen;
}

import { newId } from "../../shared/id";
import type {
	Author,
	ConversationState,
	Locale,
	MessageEntry,
	WidgetCommand,
	WidgetConfig,
	WidgetSignal,
} from "../../shared/protocol";
import { newestSeq, type Pending, unreadAfter } from "./pending";
import { type Kept, loadKept, saveKept } from "./storage";
import { Store } from "./store";

/** What is known of one customer's conversation. */
export interface ChatState {
	locale: Locale;
	config: WidgetConfig | null;
	entries: MessageEntry[];
	pending: Pending[];
	/** As the desk tells it; null before the first greeting. */
	conversation: ConversationState | null;
	/** The desk has greeted, and brought all that was missed: what comes from now on is news. */
	greeted: boolean;
	/** Newest seq that was read. */
	seen: number;
	/** The case whose survey was answered here. */
	rated: number | null;
	/** Who on the other side is writing. */
	typing: Author | null;
	offline: boolean;
}

/** Each kind of command without its id, which the chat gives. */
type Deed = WidgetCommand extends infer Cmd ? (Cmd extends WidgetCommand ? Omit<Cmd, "id"> : never) : never;

/** The half of the chat that talks to the desk; fetched when there is something to talk about. */
export interface Wire {
	/** Connects, and sends whatever is pending. */
	begin(): void;
	notify(signal: WidgetSignal): void;
	wrote(): void;
}

const MAX_LENGTH = 16_000;
const AGAIN_MS = 3_000;

/** One customer's conversation: what is known of it, and what the customer can do. */
export class Chat extends Store<ChatState> {
	/** The only key to the conversation; null before the first message. */
	token: string | null = null;
	/** Chosen by the customer; the page's language gives way to it. */
	private chosen: Locale | null;
	private wire: Wire | null = null;
	private fetching = false;

	/** `origin`: the desk's, without a slash at its end. */
	constructor(
		readonly origin: string,
		pageLocale: Locale,
		/** The shop's token of who the customer is, as the page has it now. */
		readonly customer: () => string = () => "",
	) {
		const kept = loadKept();
		super({
			locale: kept.locale ?? pageLocale,
			config: null,
			entries: [],
			pending: kept.pending,
			conversation: null,
			greeted: false,
			seen: kept.seen,
			rated: null,
			typing: null,
			offline: false,
		});
		this.chosen = kept.locale;
		this.token = kept.token;
	}

	get unread(): number {
		return unreadAfter(this.state.entries, this.state.seen);
	}

	get maxLength(): number {
		return this.state.config?.max_length ?? MAX_LENGTH;
	}

	/** Takes up the conversation that this browser has, if it has one; else nothing is stored or asked. */
	resume(): void {
		if (this.token || this.state.pending.length > 0) this.begin();
	}

	/** Asks for the shop's name, greeting and starters. */
	async greet(): Promise<void> {
		const { locale } = this.state;
		try {
			const response = await fetch(`${this.origin}/api/widget/config?locale=${locale}`, { credentials: "omit" });
			if (response.ok && locale === this.state.locale) this.set({ config: await response.json() });
		} catch {
			// The widget's own words do until the desk is back; the next opening asks again.
		}
	}

	write(text: string): void {
		this.do({ type: "write", text }, text);
	}

	press(entry: MessageEntry, index: number): void {
		this.do({ type: "press", seq: entry.seq, index }, entry.buttons?.[index]?.title ?? "");
	}

	askForPerson(): void {
		if (!this.isUnderWay("human")) this.do({ type: "human" });
	}

	leaveQueue(): void {
		this.do({ type: "leave_queue" });
	}

	/** The conversation by e-mail. */
	askTranscript(): void {
		this.do({ type: "transcript" });
	}

	rate(number: number, score: number, text: string): void {
		this.set({ rated: number });
		this.do({ type: "rate", case: number, score, text });
	}

	/** The customer is writing: the other half is fetched, and the other side is told. */
	wrote(): void {
		this.fetchWire();
		this.wire?.wrote();
	}

	isUnderWay(type: WidgetCommand["type"]): boolean {
		return this.state.pending.some(({ command, failure }) => command.type === type && !failure);
	}

	/** The language of the widget, and of the conversation once there is one. */
	choose(locale: Locale): void {
		this.chosen = locale;
		this.speak(locale);
	}

	/** The page's language has changed: followed unless the customer has chosen one here. */
	follow(locale: Locale): void {
		if (!this.chosen) this.speak(locale);
	}

	/** Everything that is here now has been read. */
	read(): void {
		const newest = newestSeq(this.state.entries);
		if (newest <= this.state.seen) return;
		this.set({ seen: newest });
		this.wire?.notify({ type: "seen", seq: newest });
	}

	retry(item: Pending): void {
		this.change(item.command.id, { failure: null });
		this.begin();
	}

	discard(id: string): void {
		this.set({ pending: this.state.pending.filter(({ command }) => command.id !== id) });
	}

	change(id: string, patch: Partial<Pending>): void {
		this.set({ pending: this.state.pending.map((item) => (item.command.id === id ? { ...item, ...patch } : item)) });
	}

	/** What outlives the page, from the customer's first deed on. */
	keep(): void {
		const { seen, pending } = this.state;
		const kept: Kept = { token: this.token, seen, pending, locale: this.chosen };
		saveKept(kept);
	}

	/** The desk's state of the conversation. Its language is the page's from then on, unless the customer chose one. */
	learn(conversation: ConversationState): void {
		this.set(this.chosen ? { conversation } : { conversation, locale: conversation.locale });
	}

	private speak(locale: Locale): void {
		if (locale === this.state.locale) return;
		this.set({ locale });
		if (this.state.config) this.greet();
		if (this.token) this.do({ type: "locale", locale });
	}

	/** Sends it, now or when the desk can be reached; `text` is shown meanwhile. */
	do(deed: Deed, text = ""): void {
		const command = { ...deed, id: newId() } as WidgetCommand;
		this.set({ pending: [...this.state.pending, { command, text, at: Date.now(), failure: null }] });
		this.begin();
	}

	private begin(): void {
		this.keep();
		if (this.wire) this.wire.begin();
		else this.fetchWire();
	}

	/** Until it is here, deeds wait among the pending ones. */
	private async fetchWire(): Promise<void> {
		if (this.wire || this.fetching) return;
		this.fetching = true;
		try {
			const { Talk } = await import("./talk");
			this.wire = new Talk(this);
			if (this.token || this.state.pending.length > 0) this.wire.begin();
		} catch {
			this.set({ offline: true });
			setTimeout(() => this.fetchWire(), AGAIN_MS);
		}
		this.fetching = false;
	}
}

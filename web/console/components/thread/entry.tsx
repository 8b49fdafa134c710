import type { ChangeEntry, Delivery, Entry, MessageEntry, NoteEntry, Role, Summary } from "../../../shared/protocol";
import { refusalText } from "../../desk/refusal";
import { pressedButton } from "../../desk/thread";
import { strings } from "../../i18n";
import { clockTime } from "../../i18n/format";
import { now } from "../../page/clock";
import { authorName, name } from "../../page/names";
import { useConsole } from "../../page/ui";
import { Icon, type IconName } from "../icons";
import { OrderCardView } from "../ordercard";
import { Text } from "../text";
import { changeText } from "./change";
import { Files } from "./files";

interface Props {
	entry: MessageEntry | NoteEntry;
	entries: readonly Entry[];
	summary: Summary;
	/** Goes on right after the same author's message: the name is not told again. */
	joined: boolean;
	/** The next one stands right under it and tells the time. */
	followed: boolean;
}

/** A message or a private note. */
export function MessageItem({ entry, entries, summary, joined, followed }: Props) {
	const t = strings.value;
	const kind = entry.kind === "note" ? "note" : entry.author.role;
	const author = authorName(t, entry.author, name(t, summary));
	const mark = entry.id && markOf(entries, entry.id);
	return (
		<article class={`entry ${kind} ${joined ? "joined" : ""}`} aria-label={label(author, entry)}>
			<p class="entry-head">
				{ROLE_ICONS[kind] && <Icon name={ROLE_ICONS[kind]} />}
				<span class="entry-author">{author}</span>
				{entry.kind === "note" && <span class="entry-role">{t.thread.note}</span>}
				{entry.kind !== "note" && entry.author.name && entry.author.role !== "customer" && (
					<span class="entry-role">{t.thread.roles[entry.author.role]}</span>
				)}
			</p>
			<div class="bubble">
				{entry.answers && <span class="by-button">{t.thread.byButton}</span>}
				{entry.text && <Text text={entry.text} lang={entry.lang} />}
				{entry.attachments && <Files files={entry.attachments} />}
				{entry.cards?.map((card) => (
					<OrderCardView key={card.number} card={card} compact />
				))}
			</div>
			{entry.buttons && entry.buttons.length > 0 && (
				<OfferedButtons buttons={entry.buttons} lang={entry.lang} pressed={pressedButton(entries, entry)} />
			)}
			{mark && <p class="entry-mark">{t.marks[mark]}</p>}
			<p class="entry-foot" hidden={followed && entry.delivery !== "failed" && entry.author.role !== "bot"}>
				<time dateTime={new Date(entry.at).toISOString()}>{clockTime(t, entry.at)}</time>
				{showsDelivery(entry) && <DeliveryMark delivery={entry.delivery} />}
				{entry.kind === "message" && entry.author.role === "bot" && (
					<MarkWrong entries={entries} conversation={summary.id} seq={entry.seq} />
				)}
				{entry.delivery === "failed" && <RetryDelivery conversation={summary.id} seq={entry.seq} />}
			</p>
		</article>
	);
}

/** Whether the writer has changed the message since, as a later one tells. */
function markOf(entries: readonly Entry[], id: string): "edited" | "deleted" | undefined {
	const later = entries.findLast((one) => one.kind === "message" && one.changes?.id === id) as MessageEntry | undefined;
	return later?.changes?.what;
}

const ROLE_ICONS: Record<Role | "note", IconName | null> = {
	customer: null,
	bot: "bot",
	agent: null,
	system: "system",
	note: "note",
};

/** What happened, as a line between messages. */
export function ChangeLine({ entry, summary }: { entry: ChangeEntry; summary: Summary }) {
	const t = strings.value;
	return (
		<p class={`change-line ${entry.event === "HandedOff" ? "strong" : ""}`}>
			<span>
				{changeText(t, entry, name(t, summary), now.peek())}
				<time dateTime={new Date(entry.at).toISOString()}>{clockTime(t, entry.at)}</time>
			</span>
		</p>
	);
}

interface ButtonsProps {
	buttons: readonly { title: string }[];
	lang: string;
	pressed: number | null;
}

/** The choices that the customer was offered, and which one they took: to read, not to press. */
function OfferedButtons({ buttons, lang, pressed }: ButtonsProps) {
	const t = strings.value;
	return (
		<ul class="offered" aria-label={t.thread.offered}>
			{buttons.map(({ title }, index) => (
				<li key={title} class={index === pressed ? "pressed" : ""}>
					{index === pressed && <Icon name="tick" />}
					<span lang={lang}>{title}</span>
					{index === pressed && <span class="sr"> ({t.thread.pressed})</span>}
				</li>
			))}
		</ul>
	);
}

function showsDelivery(entry: MessageEntry | NoteEntry): entry is MessageEntry & { delivery: Delivery } {
	return entry.kind === "message" && entry.author.role !== "customer" && entry.delivery !== undefined;
}

const DELIVERY_ICONS: Record<Delivery, IconName> = {
	stored: "clock",
	sent: "tick",
	delivered: "ticks",
	failed: "urgent",
};

function DeliveryMark({ delivery }: { delivery: Delivery }) {
	return (
		<span class={`delivery ${delivery}`}>
			<Icon name={DELIVERY_ICONS[delivery]} />
			{strings.value.thread.delivery[delivery]}
		</span>
	);
}

function RetryDelivery({ conversation, seq }: { conversation: string; seq: number }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const retry = async () => {
		const refusal = await desk.retryDelivery(conversation, seq);
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	return (
		<button type="button" class="link-button" onClick={retry}>
			{t.thread.retry}
		</button>
	);
}

/** One tap: the bot's answer is wrong, and becomes something to learn from. */
function MarkWrong({ entries, conversation, seq }: { entries: readonly Entry[]; conversation: string; seq: number }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const marked = entries.some((one) => one.kind === "change" && one.event === "AnswerMarked" && one.data.seq === seq);
	if (marked) return <span>{t.thread.markedWrong}</span>;
	const mark = async () => {
		const refusal = await desk.ask({ type: "mark_answer", conversation, seq });
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	return (
		<button type="button" class="link-button" onClick={() => void mark()}>
			{t.thread.markWrong}
		</button>
	);
}

function label(author: string, entry: MessageEntry | NoteEntry): string {
	const t = strings.value;
	return entry.kind === "note" ? `${t.thread.note}, ${author}` : `${author}, ${t.thread.roles[entry.author.role]}`;
}

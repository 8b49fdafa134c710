import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Entry, Summary } from "../../../shared/protocol";
import type { Thread } from "../../desk/thread";
import { strings } from "../../i18n";
import { day, list, sameDay } from "../../i18n/format";
import { now } from "../../page/clock";
import { authorName, name } from "../../page/names";
import { Icon } from "../icons";
import { ChangeLine, MessageItem } from "./entry";
import { PendingItem } from "./pending";

interface Props {
	summary: Summary;
	thread: Thread;
}

/** Nearer to the end than this counts as being at the end. */
const NEAR_END_PX = 60;
/** Messages of one author within this time stand under one name. */
const SAME_BREATH_MS = 3 * 60_000;

/** The transcript. It follows what comes, unless the agent has scrolled up to read. */
export function Log({ summary, thread }: Props) {
	const t = strings.value;
	const { entries, pending } = thread;
	const scroller = useRef<HTMLDivElement>(null);
	const { atEnd, unseen, toEnd, onScroll } = useStickyEnd(scroller, entries, pending.length);
	return (
		<div class="log-frame">
			<div class="log" role="log" aria-label={t.thread.log} tabIndex={0} ref={scroller} onScroll={onScroll}>
				<div class="log-inner">
					{thread.status === "loading" && entries.length === 0 && <p class="hint center">{t.thread.loading}</p>}
					{entries.map((entry, index) => (
						<Fragment key={entry.seq}>
							<DayLine entry={entry} before={entries[index - 1]} />
							{entry.kind === "change" ? (
								<ChangeLine entry={entry} summary={summary} />
							) : (
								<MessageItem
									entry={entry}
									entries={entries}
									summary={summary}
									joined={isJoined(entries[index - 1], entry)}
									followed={sameMinute(entry, entries[index + 1])}
								/>
							)}
						</Fragment>
					))}
					{pending.map((item) => (
						<PendingItem key={item.id} pending={item} conversation={summary.id} />
					))}
					<TypingLine summary={summary} thread={thread} />
				</div>
			</div>
			{!atEnd && (
				<button type="button" class="to-end" onClick={toEnd}>
					<Icon name="down" />
					{unseen > 0 ? t.thread.newMessages(unseen) : t.thread.toNewest}
				</button>
			)}
		</div>
	);
}

/** Keeps the end in sight while it is in sight, and counts what came while it was not. */
function useStickyEnd(scroller: { current: HTMLDivElement | null }, entries: readonly Entry[], pending: number) {
	const atEnd = useSignal(true);
	const seenSeq = useSignal(0);
	const last = entries.at(-1)?.seq ?? 0;
	const unseen = entries.filter((entry) => entry.kind !== "change" && entry.seq > seenSeq.value).length;

	const toEnd = () => {
		const element = scroller.current;
		if (!element) return;
		element.scrollTop = element.scrollHeight;
		atEnd.value = true;
	};
	const onScroll = () => {
		const element = scroller.current;
		if (!element) return;
		atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
		if (atEnd.value) seenSeq.value = last;
	};
	useLayoutEffect(() => {
		if (atEnd.peek()) {
			toEnd();
			seenSeq.value = last;
		}
	}, [last, entries]);
	// Own words always come into sight.
	useLayoutEffect(() => {
		if (pending > 0) toEnd();
	}, [pending]);
	// The composer grows, the window shrinks, the typing line appears: the end stays in sight.
	useEffect(() => {
		const element = scroller.current;
		if (!element || !("ResizeObserver" in globalThis)) return;
		const observer = new ResizeObserver(() => atEnd.peek() && toEnd());
		observer.observe(element);
		if (element.firstElementChild) observer.observe(element.firstElementChild);
		return () => observer.disconnect();
	}, []);
	return { atEnd: atEnd.value, unseen, toEnd, onScroll };
}

function DayLine({ entry, before }: { entry: Entry; before: Entry | undefined }) {
	if (before && sameDay(before.at, entry.at)) return null;
	return (
		<h3 class="day-line">
			<span>{day(strings.value, entry.at, now.peek())}</span>
		</h3>
	);
}

function TypingLine({ summary, thread }: Props) {
	const t = strings.value;
	const writing = thread.typing.filter(({ until }) => until > now.value);
	if (writing.length === 0) return null;
	const names = writing.map(({ author }) => authorName(t, author, name(t, summary)));
	return (
		<p class="typing-line" aria-live="off">
			<span class="dots" aria-hidden="true">
				<i />
				<i />
				<i />
			</span>
			{t.thread.writing(list(t, names))}
		</p>
	);
}

function isJoined(before: Entry | undefined, entry: Entry): boolean {
	return (
		before !== undefined &&
		before.kind === entry.kind &&
		before.author.role === entry.author.role &&
		before.author.name === entry.author.name &&
		entry.at - before.at < SAME_BREATH_MS &&
		sameDay(before.at, entry.at)
	);
}

/** The next message tells the same time: once is enough. */
function sameMinute(entry: Entry, next: Entry | undefined): boolean {
	return next !== undefined && isJoined(entry, next) && Math.floor(entry.at / 60_000) === Math.floor(next.at / 60_000);
}

import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { isTyping } from "../keys/combo";
import { hrefOf } from "../page/route";
import { settings } from "../page/settings";
import { useConsole } from "../page/ui";
import { Chooser } from "./chooser";
import { words } from "./i18n";
import { Messages } from "./messages";
import { Progress } from "./progress";
import { useLessons, type Worked } from "./session";
import type { Group, Label, Lesson, Lessons } from "./wire";
import "./learning.css";

/** Messages that went wrong, a group of similar ones at a time: a key says what they mean, and the next group comes. */
export function LabelsPage() {
	const { desk, ui } = useConsole();
	const lessons = useLessons();
	const w = words.value;
	const frame = useRef<HTMLElement>(null);
	const other = useRef<HTMLInputElement>(null);
	const { data, failed, at } = lessons;
	const group = data.value?.groups[at.value];
	// The keys work from the first moment on, and again after each label.
	useEffect(() => frame.current?.focus(), [group]);

	async function choose(label: Label): Promise<void> {
		const count = await lessons.label(label);
		const what = data.peek() ? nameOf(data.peek() as Lessons, label) : "";
		if (count === null) ui.toast("bad", w.notSaved);
		else ui.announcement.value = w.done(count, what);
	}
	async function article({ text, reply }: Lesson): Promise<void> {
		const language = group?.language ?? "en";
		const fields = { [language]: { title: text.slice(0, 100), questions: text, text: reply ?? "" } };
		const key = `from-answer-${Date.now().toString(36)}`;
		try {
			await desk.api.save(`/content/article/${key}`, { what: "draft", fields });
			ui.toast("good", w.drafted);
		} catch {
			ui.toast("bad", w.notSaved);
		}
	}
	async function undo(): Promise<void> {
		const undone = await lessons.undo();
		if (undone === false) ui.toast("bad", w.notSaved);
		else if (undone) ui.toast("good", w.undone);
	}

	if (data.value === null) {
		return failed.value ? <Failed again={lessons.load} /> : <p class="hint">{strings.value.list.loading}</p>;
	}
	return (
		<section
			class="lessons"
			ref={frame}
			tabIndex={-1}
			aria-label={words.value.messages}
			onKeyDown={(event) => {
				if (!settings.value.singleKeys || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target))
					return;
				const does =
					event.key.toLowerCase() === "a"
						? articleOf(group, article)
						: keyOf(event.key, group, lessons, choose, undo, other);
				if (!does) return;
				event.preventDefault();
				event.stopPropagation(); // the same letters mean something else in the lists
				does();
			}}
		>
			<Progress lessons={data.value} at={at.value} onUndo={lessons.canUndo.value ? () => void undo() : null} />
			{group ? (
				<Card group={group} all={data.value} lessons={lessons} choose={choose} article={article} other={other} />
			) : (
				<p class="block hint">{w.nothing}</p>
			)}
		</section>
	);
}

interface CardProps {
	group: Group;
	all: Lessons;
	lessons: Worked;
	choose: (label: Label) => Promise<void>;
	article: (message: Lesson) => Promise<void>;
	other: { current: HTMLInputElement | null };
}

function Card({ group, all, lessons, choose, article, other }: CardProps) {
	return (
		<section class="block lesson" aria-label={words.value.place(lessons.at.value + 1, all.groups.length)}>
			<Messages group={group} left={lessons.left} onArticle={(message) => void article(message)} />
			<Chooser group={group} all={all} busy={lessons.busy.value} choose={choose} other={other} step={lessons.step} />
		</section>
	);
}

/** The key for an article from the first answer that an agent gave. */
function articleOf(group: Group | undefined, article: (message: Lesson) => Promise<void>): (() => void) | null {
	const answered = group?.messages.find(({ reply }) => reply);
	return answered ? () => void article(answered) : null;
}

function keyOf(
	key: string,
	group: Group | undefined,
	lessons: Worked,
	choose: (label: Label) => Promise<void>,
	undo: () => Promise<void>,
	other: { current: HTMLInputElement | null },
): (() => void) | null {
	const suggested = group ? suggestions(group)[Number(key) - 1] : undefined;
	if (suggested) return () => void choose(suggested);
	switch (key.toLowerCase()) {
		case "d":
			return group ? () => void choose({ kind: "discard" }) : null;
		case "s":
			return () => other.current?.focus();
		case "j":
			return () => lessons.step(1);
		case "k":
			return () => lessons.step(-1);
		case "u":
			return () => void undo();
		default:
			return /^[1-9]$/.test(key) ? () => {} : null;
	}
}

/** What the keys 1 to 5 stand for. */
export function suggestions({ suggested }: Group): Label[] {
	return [
		...suggested.intents.map((value) => ({ kind: "intent" as const, value })),
		...suggested.articles.map((value) => ({ kind: "article" as const, value })),
	];
}

/** A label in words. */
export function nameOf({ articles }: Lessons, label: Label): string {
	const t = strings.value;
	if (label.kind === "discard") return words.value.discard;
	if (label.kind === "intent") return wordFor(t.intents, label.value);
	return articles[t.locale as keyof typeof articles][label.value] ?? label.value;
}

function Failed({ again }: { again: () => void }) {
	const t = strings.value;
	return (
		<p class="problem" role="alert">
			{t.floor.loadFailed}{" "}
			<button type="button" class="button" onClick={again}>
				{t.list.again}
			</button>
		</p>
	);
}

export const modelsHref = () => hrefOf({ page: "models" });
export type Left = Signal<ReadonlySet<string>>;

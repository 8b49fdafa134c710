import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useConsole } from "../page/ui";
import type { Counts, Group, Label, Lesson, Lessons } from "./wire";

const LOOK_AGAIN_MS = 1_500;

interface Done {
	group: Group;
	at: number;
	messages: Lesson[];
}

export interface Worked {
	data: Signal<Lessons | null>;
	failed: Signal<boolean>;
	/** The group that is looked at. */
	at: Signal<number>;
	/** Messages of it that the next label is not for, by key. */
	left: Signal<ReadonlySet<string>>;
	busy: Signal<boolean>;
	canUndo: Signal<boolean>;
	load: () => void;
	/** How many messages were labelled; null when it could not be saved. */
	label: (label: Label) => Promise<number | null>;
	/** Whether the last label was taken back; null when there is none. */
	undo: () => Promise<boolean | null>;
	step: (by: 1 | -1) => void;
}

export const keyOfLesson = ({ conversation, seq }: Lesson): string => `${conversation}/${seq}`;

/** A session of labelling: the groups as they become fewer, and the way back. */
export function useLessons(): Worked {
	const { desk } = useConsole();
	const data = useSignal<Lessons | null>(null);
	const failed = useSignal(false);
	const at = useSignal(0);
	const left = useSignal<ReadonlySet<string>>(new Set());
	const busy = useSignal(false);
	const done = useSignal<readonly Done[]>([]);
	const canUndo = useSignal(false);

	function load(): void {
		desk.api.read<Lessons>("/learning").then(
			(found) => {
				failed.value = false;
				if (found.preparing) return void setTimeout(load, LOOK_AGAIN_MS);
				data.value = found;
				at.value = 0;
			},
			() => {
				failed.value = true;
			},
		);
	}
	function show(groups: Group[], counts: Counts, place: number): void {
		if (data.peek()) data.value = { ...(data.peek() as Lessons), ...counts, groups };
		at.value = Math.max(0, Math.min(place, groups.length - 1));
		left.value = new Set();
	}
	async function save(messages: Lesson[], label: Label | null): Promise<Counts | null> {
		busy.value = true;
		try {
			const items = messages.map(({ conversation, seq }) => [conversation, seq]);
			return await desk.api.save<Counts>("/learning/label", { items, label });
		} catch {
			return null;
		} finally {
			busy.value = false;
		}
	}
	async function label(chosen: Label): Promise<number | null> {
		const groups = data.peek()?.groups ?? [];
		const place = at.peek();
		const group = groups[place];
		if (!group || busy.peek()) return 0;
		const messages = group.messages.filter((each) => !left.peek().has(keyOfLesson(each)));
		if (messages.length === 0) return 0;
		const counts = await save(messages, chosen);
		if (!counts) return null;
		const rest = group.messages.filter((each) => !messages.includes(each));
		const next = rest.length > 0 ? groups.with(place, { ...group, messages: rest }) : groups.toSpliced(place, 1);
		done.value = [...done.peek(), { group, at: place, messages }];
		canUndo.value = true;
		show(next, counts, place);
		if (next.length === 0 && counts.waiting > 0) load(); // the desk shows so many groups at a time
		return messages.length;
	}
	async function undo(): Promise<boolean | null> {
		const last = done.peek().at(-1);
		if (!last || busy.peek()) return null;
		const counts = await save(last.messages, null);
		if (!counts) return false;
		done.value = done.peek().slice(0, -1);
		canUndo.value = done.peek().length > 0;
		const groups = data.peek()?.groups ?? [];
		const split = last.group.messages.length > last.messages.length;
		show(split ? groups.with(last.at, last.group) : groups.toSpliced(last.at, 0, last.group), counts, last.at);
		return true;
	}
	function step(by: 1 | -1): void {
		const last = (data.peek()?.groups.length ?? 1) - 1;
		at.value = Math.max(0, Math.min(at.peek() + by, last));
		left.value = new Set();
	}
	useEffect(load, []);
	return { data, failed, at, left, busy, canUndo, load, label, undo, step };
}

import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { Agent, Counts, Summary, View } from "../../shared/protocol";
import type { Api } from "./api";
import { belongs, merge, recount, replaceView, rows, type Summaries } from "./lists";

export interface ListState {
	status: "new" | "loading" | "ready" | "failed";
	/** Cursor of the page to come; null when everything is here. */
	next: string | null;
}

/** Changes that come close together ask for the counts once. */
const COUNTS_PAUSE_MS = 1_000;

/** All conversations that the console knows of, and its lists over them. */
export class Inbox {
	readonly summaries = signal<Summaries>(new Map());
	readonly counts = signal<Counts>({ waiting: 0, mine: 0, team: 0, bot: 0 });
	readonly lists = signal<Record<View, ListState>>({
		waiting: { status: "new", next: null },
		mine: { status: "new", next: null },
		team: { status: "new", next: null },
		bot: { status: "new", next: null },
		resolved: { status: "new", next: null },
		practice: { status: "new", next: null },
	});
	/** Pushed while a first page is on its way, and so newer than what the page can know. */
	private readonly touched = new Set<string>();
	private loading = 0;
	private countsTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly api: Pick<Api, "conversations">,
		private readonly agent: ReadonlySignal<Agent>,
	) {}

	private get me(): string {
		return this.agent.peek().id;
	}

	rows(view: View): Summary[] {
		return rows(view, this.summaries.value, this.agent.value);
	}

	/** Loads the view's first page, unless it is here already. */
	show(view: View): Promise<void> {
		const { status } = this.lists.peek()[view];
		return status === "new" || status === "failed" ? this.load(view) : Promise.resolve();
	}

	/** Loads the view anew: at the start, after a refusal to load, after a time without connection. */
	async load(view: View): Promise<void> {
		this.setList(view, { status: "loading" });
		this.loading += 1;
		try {
			const page = await this.api.conversations(view, null);
			batch(() => {
				this.summaries.value = replaceView(this.summaries.peek(), view, page.conversations, this.touched, this.me);
				this.counts.value = page.counts;
				this.setList(view, { status: "ready", next: page.next });
			});
		} catch {
			this.setList(view, { status: "failed" });
		} finally {
			this.loading -= 1;
			if (this.loading === 0) this.touched.clear();
		}
	}

	async more(view: View): Promise<void> {
		const { next, status } = this.lists.peek()[view];
		if (!next || status === "loading") return;
		this.setList(view, { status: "loading" });
		try {
			const page = await this.api.conversations(view, next);
			batch(() => {
				this.summaries.value = merge(this.summaries.peek(), page.conversations);
				this.setList(view, { status: "ready", next: page.next });
			});
		} catch {
			this.setList(view, { status: "failed" });
		}
	}

	/** After a time without connection: what was shown is asked for again, what was not is loaded when it is shown. */
	refresh(current: View): Promise<unknown> {
		const lists = this.lists.peek();
		const shown = (Object.keys(lists) as View[]).filter((view) => lists[view].status !== "new");
		return Promise.all([...new Set<View>(["waiting", "mine", current, ...shown])].map((view) => this.load(view)));
	}

	/** A push of the desk: the conversation is new or has changed. */
	received(summary: Summary): void {
		const known = this.summaries.peek();
		const before = known.get(summary.id);
		if (before && before.seq > summary.seq) return;
		if (this.loading > 0) this.touched.add(summary.id);
		batch(() => {
			this.summaries.value = merge(known, [summary]);
			this.counts.value = recount(this.counts.peek(), before, summary, this.me);
		});
		if (!before) this.askForCountsSoon();
	}

	/** It is with a team that I do not belong to. */
	gone(id: string): void {
		const known = new Map(this.summaries.peek());
		if (!known.delete(id)) return;
		this.summaries.value = known;
		this.askForCountsSoon();
	}

	/** Known from another answer of the desk. What is new to us is in the desk's counts already. */
	learn(summary: Summary): void {
		const known = this.summaries.peek();
		const before = known.get(summary.id);
		if (before && before.seq > summary.seq) return;
		this.summaries.value = merge(known, [summary]);
		if (before) this.counts.value = recount(this.counts.peek(), before, summary, this.me);
	}

	/** Nothing unread in a conversation that is being looked at. */
	read(id: string): void {
		const summary = this.summaries.peek().get(id);
		if (summary?.unread) this.learn({ ...summary, unread: 0 });
	}

	get unreadOfMine(): number {
		const mine = [...this.summaries.value.values()].filter((summary) => belongs("mine", summary, this.me));
		return mine.filter((summary) => summary.unread > 0).length;
	}

	stop(): void {
		clearTimeout(this.countsTimer);
	}

	private askForCountsSoon(): void {
		clearTimeout(this.countsTimer);
		this.countsTimer = setTimeout(async () => {
			const page = await this.api.conversations("waiting", null).catch(() => null);
			if (page) this.counts.value = page.counts;
		}, COUNTS_PAUSE_MS);
	}

	private setList(view: View, change: Partial<ListState>): void {
		const lists = this.lists.peek();
		this.lists.value = { ...lists, [view]: { ...lists[view], ...change } };
	}
}

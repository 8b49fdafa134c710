import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { strings } from "../i18n";
import { moment } from "../i18n/format";
import { now } from "../page/clock";
import { hrefOf } from "../page/route";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import { type Asked, type Behind as Found, queryOf } from "./wire";

interface Props {
	figure: string;
	/** One key of a list; null for all of it. */
	of: string | null;
	title: string;
	asked: Asked;
	called: (figure: string) => (key: string) => string;
	onClose: () => void;
}

/** The conversations that make up a figure. */
export function Behind({ figure, of, title, asked, called, onClose }: Props) {
	const { desk } = useConsole();
	const t = strings.value;
	const w = words.value;
	const found = useSignal<Found["conversations"] | null>(null);
	const next = useSignal<string | null>(null);
	const failed = useSignal(false);
	const heading = useRef<HTMLHeadingElement>(null);

	async function load(after: string | null): Promise<void> {
		const more = { figure, ...(of === null ? {} : { key: of }), ...(after ? { after } : {}) };
		try {
			const page = await desk.api.figures<Found>(`/conversations${queryOf({ ...asked, by: null }, more)}`);
			found.value = [...(after ? (found.peek() ?? []) : []), ...page.conversations];
			next.value = page.next;
			failed.value = false;
		} catch {
			failed.value = true;
		}
	}
	useEffect(() => {
		void load(null);
		heading.current?.focus();
	}, []);

	return (
		<div class="behind">
			<div class="block-head">
				<h4 ref={heading} tabIndex={-1}>
					{w.conversationsOf(title)}
				</h4>
				<button type="button" class="button" onClick={onClose}>
					{w.close}
				</button>
			</div>
			{failed.value && (
				<p class="problem" role="alert">
					{t.floor.loadFailed}
				</p>
			)}
			{found.value === null && !failed.value && <p class="hint">{t.list.loading}</p>}
			{found.value?.length === 0 && <p class="hint">{w.none}</p>}
			<ul class="lines">
				{found.value?.map(({ conversation, number, began_at: at, facts }) => (
					<li key={`${conversation} ${number}`}>
						<a href={hrefOf({ view: "resolved", conversation })}>{called("intent")(facts.intent ?? "none")}</a>
						<span class="hint">
							{called("channel")(facts.channel)} · {called("language")(facts.language)}
						</span>
						<time class="hint" dateTime={new Date(at).toISOString()}>
							{moment(t, at, now.peek())}
						</time>
					</li>
				))}
			</ul>
			{next.value && (
				<button type="button" class="button" onClick={() => void load(next.peek())}>
					{w.more}
				</button>
			)}
		</div>
	);
}

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CannedReply, Summary } from "../../../shared/protocol";
import type { Desk } from "../../desk/desk";
import { type Strings, strings } from "../../i18n";
import { dateOf } from "../../i18n/zone";
import { fillReply, findReplies, GAP, queryOf } from "../../page/canned";
import type { Mode } from "../../page/drafts";

export interface Canned {
	open: boolean;
	found: readonly CannedReply[];
	chosen: CannedReply | undefined;
	/** As it would be sent. */
	textOf: (reply: CannedReply) => string;
	choose: (reply: CannedReply) => void;
	/** True when the key belonged to the list. */
	onKeyDown: (event: KeyboardEvent) => boolean;
}

/** "/" at the start of a reply opens the canned replies; the keys choose, Enter inserts, Escape leaves the text as it is. */
export function useCanned(
	desk: Desk,
	summary: Summary,
	mode: Mode,
	text: string,
	insert: (filled: string) => void,
): Canned {
	const all = useSignal<readonly CannedReply[] | null>(null);
	const active = useSignal(0);
	const left = useSignal<string | null>(null);
	const query = mode === "reply" ? queryOf(text) : null;
	const locale = strings.value.locale as Strings["locale"] & Summary["locale"];
	useEffect(() => {
		if (query === null || all.peek()) return;
		desk.api.cannedReplies().then(
			(replies) => {
				all.value = replies;
			},
			() => {},
		);
	}, [query === null]);
	useEffect(() => {
		active.value = 0;
	}, [query]);

	const open = query !== null && left.value !== text && all.value !== null;
	const found = open ? findReplies(all.value ?? [], query, [locale, summary.locale]) : [];
	const packet = desk.threads.get(summary.id)?.packet ?? null;
	const today = dateOf(Date.now());
	const textOf = (reply: CannedReply) => fillReply(reply, summary, packet, desk.me.peek().display_name, today);
	const choose = (reply: CannedReply) => insert(textOf(reply));
	const onKeyDown = (event: KeyboardEvent): boolean => {
		if (!open || event.isComposing) return false;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		const chosen = found[active.value];
		if (step && found.length > 0) active.value = (active.value + step + found.length) % found.length;
		else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && chosen) choose(chosen);
		else if (event.key === "Escape") left.value = text;
		else return false;
		event.preventDefault();
		event.stopPropagation();
		return true;
	};
	return { open, found, chosen: found[active.value], textOf, choose, onKeyDown };
}

/** The replies that fit, over the text; the chosen one is shown as it would be sent. */
export function CannedList({ canned }: { canned: Canned }) {
	const t = strings.value;
	const { open, found, chosen } = canned;
	if (!open) return null;
	return (
		<div class="canned">
			<div class="canned-list" role="listbox" id="canned" tabIndex={0} aria-label={t.canned.label}>
				{found.map((reply) => (
					// biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the active one.
					<div
						key={reply.id}
						id={`canned-${reply.id}`}
						role="option"
						class="canned-item"
						aria-selected={reply === chosen}
						onMouseDown={(event) => {
							event.preventDefault();
							canned.choose(reply);
						}}
					>
						{reply.titles[t.locale as keyof CannedReply["titles"]]}
					</div>
				))}
			</div>
			{chosen ? (
				<p class="canned-text">{canned.textOf(chosen)}</p>
			) : (
				<p class="hint" role="status">
					{t.canned.none}
				</p>
			)}
		</div>
	);
}

/** Puts the cursor where something is missing, else to the end. */
export function selectGap(area: HTMLTextAreaElement | null, text: string): void {
	requestAnimationFrame(() => {
		const at = text.indexOf(GAP);
		area?.focus();
		area?.setSelectionRange(at < 0 ? text.length : at, at < 0 ? text.length : at + GAP.length);
	});
}

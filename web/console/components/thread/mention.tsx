import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Locale } from "../../../shared/protocol";
import type { Desk } from "../../desk/desk";
import { strings } from "../../i18n";
import type { Mode } from "../../page/drafts";
import { findMentions, type Mentionable, mentionable, mentionQuery, withMention } from "../../page/mentions";

export interface Mentions {
	found: readonly Mentionable[];
	chosen: Mentionable | undefined;
	choose: (whom: Mentionable) => void;
	/** True when the key belonged to the list. */
	onKeyDown: (event: KeyboardEvent) => boolean;
}

/** "@" in a note opens the names of colleagues and teams; the keys choose, Enter inserts, Escape leaves the text as it is. */
export function useMentions(desk: Desk, mode: Mode, text: string, insert: (text: string) => void): Mentions {
	const all = useSignal<readonly Mentionable[] | null>(null);
	const active = useSignal(0);
	const left = useSignal<string | null>(null);
	const query = mode === "note" ? mentionQuery(text) : null;
	const locale = strings.value.locale as Locale;
	useEffect(() => {
		if (query === null || all.peek()) return;
		desk.api.colleagues().then(
			(found) => {
				all.value = mentionable(found, desk.me.peek().id, locale);
			},
			() => {},
		);
	}, [query === null]);
	useEffect(() => {
		active.value = 0;
	}, [query]);

	const found = query !== null && left.value !== text ? findMentions(all.value ?? [], query) : [];
	const choose = (whom: Mentionable) => insert(withMention(text, whom));
	const onKeyDown = (event: KeyboardEvent): boolean => {
		const chosen = found[active.value];
		if (!chosen || event.isComposing) return false;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step) active.value = (active.value + step + found.length) % found.length;
		else if ((event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey) choose(chosen);
		else if (event.key === "Escape") left.value = text;
		else return false;
		event.preventDefault();
		event.stopPropagation();
		return true;
	};
	return { found, chosen: found[active.value], choose, onKeyDown };
}

/** The names that fit, over the note. */
export function MentionList({ mentions }: { mentions: Mentions }) {
	const { found, chosen, choose } = mentions;
	if (found.length === 0) return null;
	return (
		<div class="canned">
			<div class="canned-list" role="listbox" id="mentions" aria-label={strings.value.floor.mentionHint}>
				{found.map((whom) => (
					// biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text, which names the active one.
					<div
						key={whom.id}
						id={`mention-${whom.id}`}
						role="option"
						class="canned-item"
						aria-selected={whom === chosen}
						onMouseDown={(event) => {
							event.preventDefault();
							choose(whom);
						}}
					>
						{whom.name}
					</div>
				))}
			</div>
		</div>
	);
}

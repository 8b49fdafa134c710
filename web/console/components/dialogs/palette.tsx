import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Summary } from "../../../shared/protocol";
import { belongs, filtered, VIEWS } from "../../desk/lists";
import { LOCALES, OWN_NAMES, type Strings, strings } from "../../i18n";
import { type CommandId, KEYMAP } from "../../keys/keymap";
import { isPossible, run } from "../../page/commands";
import { name } from "../../page/names";
import { go } from "../../page/route";
import { change, type Theme } from "../../page/settings";
import { type Console, useConsole } from "../../page/ui";
import { Keys, liveKeys } from "../button";
import { Dialog } from "./dialog";

interface Item {
	id: string;
	title: string;
	hint?: string;
	keys?: string | undefined;
	run: () => void;
}

/** As many conversations as fit without scrolling for long. */
const CONVERSATIONS = 8;
const SHORTEST_SEARCH = 2;
const SEARCH_AFTER_MS = 150;

/** Everything that can be done, found by its name. */
export function Palette() {
	const console = useConsole();
	const t = strings.value;
	const query = useSignal(console.ui.sought);
	const active = useSignal(0);
	const list = useRef<HTMLDivElement>(null);
	const found = useFound(console, query.value);
	const items = [...commandItems(console, t, query.value), ...conversationItems(console, t, query.value, found)];
	const at = Math.min(active.value, items.length - 1);

	useEffect(() => {
		console.ui.sought = "";
	}, [console]);
	useEffect(() => {
		list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
	}, [at, query.value]);

	const choose = (item: Item | undefined) => {
		if (!item) return;
		console.ui.dialog.value = null;
		// After the dialog has given the focus back, so that the command may move it.
		setTimeout(item.run);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step) active.value = (at + step + items.length) % Math.max(1, items.length);
		else if (event.key === "Enter") choose(items[at]);
		else return;
		event.preventDefault();
	};
	return (
		<Dialog title={t.actions.palette} class="palette">
			<input
				type="text"
				role="combobox"
				class="palette-input"
				aria-label={t.palette.placeholder}
				placeholder={t.palette.placeholder}
				aria-expanded="true"
				aria-controls="palette-list"
				aria-activedescendant={items[at] ? `palette-${items[at].id}` : undefined}
				autocomplete="off"
				value={query.value}
				onInput={(event) => {
					query.value = event.currentTarget.value;
					active.value = 0;
				}}
				onKeyDown={onKeyDown}
			/>
			<div class="palette-list" id="palette-list" role="listbox" aria-label={t.actions.palette} ref={list}>
				{items.map((item, index) => (
					// biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses in the input above (combobox pattern).
					<div
						key={item.id}
						id={`palette-${item.id}`}
						role="option"
						tabIndex={-1}
						aria-selected={index === at}
						onClick={() => choose(item)}
						onPointerMove={() => {
							active.value = index;
						}}
					>
						<span>{item.title}</span>
						{item.hint && <span class="hint">{item.hint}</span>}
						{item.keys && <Keys combo={item.keys} />}
					</div>
				))}
			</div>
			{items.length === 0 && (
				<p class="hint center" role="status">
					{t.palette.none}
				</p>
			)}
		</Dialog>
	);
}

function commandItems(console: Console, t: Strings, query: string): Item[] {
	const commands = (Object.keys(KEYMAP) as CommandId[])
		.filter((id) => id !== "palette" && id !== "escape" && !id.startsWith("view") && isPossible(console, id))
		.map((id) => ({
			id,
			title: t.actions[id as keyof typeof t.actions] as string,
			keys: liveKeys(id)[0],
			run: () => run(console, id),
		}));
	const all: Item[] = [...commands, ...viewItems(t), ...settingItems(console, t)];
	return all.filter(({ title }) => fits(title, query));
}

function viewItems(t: Strings): Item[] {
	return VIEWS.map((view, index) => ({
		id: `view-${view}`,
		title: t.actions.view(t.views[view]),
		keys: liveKeys(`view${index + 1}` as CommandId)[0],
		run: () => go({ view, conversation: null, details: false }),
	}));
}

function settingItems({ desk, ui, logout }: Console, t: Strings): Item[] {
	return [
		...(["online", "away"] as const).map((state) => ({
			id: `presence-${state}`,
			title: t.actions.presence(t.presence[state]),
			run: () => void desk.setPresence(state),
		})),
		...(["system", "light", "dark"] as Theme[]).map((theme) => ({
			id: `theme-${theme}`,
			title: t.actions.theme(t.settings.themes[theme]),
			run: () => change({ theme }),
		})),
		...LOCALES.map((code) => ({
			id: `language-${code}`,
			title: t.actions.language(OWN_NAMES[code]),
			run: () => change({ locale: code }),
		})),
		{
			id: "account",
			title: t.user.account,
			run: () => {
				ui.dialog.value = "account";
			},
		},
		{ id: "logout", title: t.actions.logout, run: logout },
	];
}

/** What the desk finds for the words, a moment after the last key; those of other words are not shown. */
function useFound({ desk }: Console, query: string): Summary[] {
	const found = useSignal<{ query: string; summaries: Summary[] }>({ query: "", summaries: [] });
	useEffect(() => {
		if (query.trim().length < SHORTEST_SEARCH) return;
		const timer = setTimeout(async () => {
			try {
				found.value = { query, summaries: await desk.api.search(query) };
			} catch {
				// What is loaded is searched all the same; the next key asks again.
			}
		}, SEARCH_AFTER_MS);
		return () => clearTimeout(timer);
	}, [query]);
	return found.value.query === query ? found.value.summaries : [];
}

/** What is loaded comes first, because it is there at once; then what the desk has found. */
function conversationItems({ desk }: Console, t: Strings, query: string, found: Summary[]): Item[] {
	if (!query.trim()) return [];
	const loaded = VIEWS.flatMap((view) => filtered(desk.inbox.rows(view), { query, language: null }));
	const each = new Map([...loaded, ...found].map((summary) => [summary.id, summary]));
	return [...each.values()].slice(0, CONVERSATIONS).map((summary) => {
		const view = VIEWS.find((one) => belongs(one, summary, desk.me.value.id)) ?? "resolved";
		return {
			id: summary.id,
			title: name(t, summary),
			hint: [t.views[view], summary.order].filter(Boolean).join(" · "),
			run: () => go({ view, conversation: summary.id, details: false }),
		};
	});
}

/** Every word of the query begins a word of the title. */
function fits(title: string, query: string): boolean {
	const words = title.toLocaleLowerCase().split(/[\s:/]+/);
	return query
		.toLocaleLowerCase()
		.split(/\s+/)
		.every((part) => words.some((word) => word.startsWith(part)));
}

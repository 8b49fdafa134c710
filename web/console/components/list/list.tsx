import { useEffect } from "preact/hooks";
import type { Locale, View } from "../../../shared/protocol";
import { filtered } from "../../desk/lists";
import { LOCALES, strings } from "../../i18n";
import { go, route } from "../../page/route";
import { useConsole } from "../../page/ui";
import { Icon } from "../icons";
import { Row } from "./row";

/** The list of the chosen view, with its filter. */
export function ConversationList() {
	const { desk } = useConsole();
	const t = strings.value;
	const { view, query, language } = route.value;
	const { status, next } = desk.inbox.lists.value[view];
	const all = desk.inbox.rows(view);
	const shown = filtered(all, { query, language });

	useEffect(() => {
		desk.view = view;
		void desk.inbox.show(view);
	}, [desk, view]);

	return (
		<section class="list" aria-labelledby="list-title">
			<div class="list-head">
				<div class="list-title">
					<h2 id="list-title">{t.views[view]}</h2>
					<span class="hint">{t.viewHints[view]}</span>
				</div>
				<Filter />
			</div>
			<div class="list-body">
				{shown.length > 0 && (
					<ul class="rows">
						{shown.map((summary) => (
							<Row key={summary.id} summary={summary} selected={summary.id === route.value.conversation} />
						))}
					</ul>
				)}
				<ListEnd view={view} shown={shown.length} all={all.length} status={status} next={next} />
			</div>
		</section>
	);
}

interface EndProps {
	view: View;
	shown: number;
	all: number;
	status: string;
	next: string | null;
}

/** What follows the rows: nothing found, still loading, could not be loaded, more. */
function ListEnd({ view, shown, all, status, next }: EndProps) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const { query } = route.value;
	if (status === "failed") {
		return (
			<div class="list-end" role="alert">
				<p>{t.list.failed}</p>
				<button type="button" class="button" onClick={() => desk.inbox.load(view)}>
					{t.list.again}
				</button>
			</div>
		);
	}
	return (
		<div class="list-end">
			{status !== "ready" && all === 0 && <p class="hint">{t.list.loading}</p>}
			{status === "ready" && shown === 0 && <p class="empty">{all > 0 ? t.empty.filtered : t.empty[view]}</p>}
			{status === "ready" && shown === 0 && query && (
				<button type="button" class="button" onClick={() => ui.search(query)}>
					<Icon name="search" />
					{t.empty.searchAll}
				</button>
			)}
			{next && (
				<button type="button" class="button" onClick={() => desk.inbox.more(view)}>
					{t.list.more}
				</button>
			)}
		</div>
	);
}

function Filter() {
	const t = strings.value;
	const { query, language } = route.value;
	return (
		<search class="filter">
			<input
				id="filter"
				type="search"
				value={query}
				placeholder={t.list.filter}
				aria-label={t.list.filter}
				onInput={(event) => go({ query: event.currentTarget.value }, true)}
			/>
			<select
				aria-label={t.list.language}
				value={language ?? ""}
				onChange={(event) => go({ language: (event.currentTarget.value || null) as Locale | null }, true)}
			>
				<option value="">{t.list.allLanguages}</option>
				{LOCALES.map((code) => (
					<option key={code} value={code}>
						{t.languages[code]}
					</option>
				))}
			</select>
		</search>
	);
}

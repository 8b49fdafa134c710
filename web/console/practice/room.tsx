import { useSignal } from "@preact/signals";
import type { Locale } from "../../shared/protocol";
import { ApiError } from "../desk/api";
import { LOCALES, locale, strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { go } from "../page/route";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import { words } from "./i18n";
import { Reviews } from "./reviews";
import type { Overview, Script } from "./wire";
import "../supervisor/supervisor.css";
import "./practice.css";

/** The practice room: simulated customers to take, and how it went with the latest. */
export function Room() {
	const { desk } = useConsole();
	const t = strings.value;
	const overview = useLoaded(() => desk.api.read<Overview>("/practice"));
	return (
		<div class="supervision practice">
			<header class="supervision-head">
				<h2 id="practice-title">{t.views.practice}</h2>
			</header>
			<section class="supervision-body" aria-labelledby="practice-title" tabIndex={0}>
				<p class="hint practice-intro">{words.value.intro}</p>
				<Show from={overview}>
					{({ scripts, mine }) => (
						<div class="practice-columns">
							<Customers scripts={scripts} />
							<Reviews mine={mine} />
						</div>
					)}
				</Show>
			</section>
		</div>
	);
}

/** Everybody who can be taken in one language, by level. */
function Customers({ scripts }: { scripts: readonly Script[] }) {
	const t = strings.value;
	const w = words.value;
	const chosen = useSignal<Locale>(locale.peek());
	const levels = [...new Set(scripts.map(({ level }) => level))].sort();
	return (
		<section class="block" aria-labelledby="practice-customers">
			<div class="block-head">
				<h3 id="practice-customers">{w.customers}</h3>
				<select
					aria-label={w.language}
					value={chosen.value}
					onChange={(event) => {
						chosen.value = event.currentTarget.value as Locale;
					}}
				>
					{LOCALES.map((code) => (
						<option key={code} value={code}>
							{t.languages[code]}
						</option>
					))}
				</select>
			</div>
			{levels.map((level) => (
				<div key={level}>
					<h4 class="hint">{w.level[level] ?? level}</h4>
					<ul class="practice-scripts" lang={chosen.value}>
						{scripts
							.filter((script) => script.locale === chosen.value && script.level === level)
							.map((script) => (
								<Customer key={script.id} script={script} />
							))}
					</ul>
				</div>
			))}
		</section>
	);
}

function Customer({ script }: { script: Script }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const w = words.value;

	async function take() {
		try {
			const { conversation } = await desk.api.save<{ conversation: string }>("/practice", {
				locale: script.locale,
				script: script.id,
			});
			go({ view: "practice", conversation });
		} catch (error) {
			const known = error instanceof ApiError && error.code === "not_possible";
			ui.toast("bad", known ? w.tooMany : t.refused);
		}
	}

	return (
		<li>
			<button type="button" class="practice-script" onClick={take}>
				<span class="practice-name">{script.title}</span>
				<span class="hint" lang={locale.value}>
					{wordFor(t.intents, script.problem)}
				</span>
				{script.done && (
					<span class="chip" lang={locale.value}>
						{w.done}
					</span>
				)}
			</button>
		</li>
	);
}

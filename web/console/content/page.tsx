import { useSignal } from "@preact/signals";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import { Editor } from "./editor";
import { words } from "./i18n";
import type { KindName, Kinds } from "./wire";
import "./content.css";

/** What the shop says: chosen from a list, edited in three languages side by side. */
export function ContentPage() {
	const { desk } = useConsole();
	const w = words.value;
	const kind = useSignal<KindName>("banner");
	const chosen = useSignal<string | null>(null);
	const filter = useSignal("");
	const all = useLoaded(() => desk.api.read<Kinds>("/content"));
	return (
		<Show from={all}>
			{({ kinds }) => {
				const names = Object.keys(kinds) as KindName[];
				const shown = kinds[kind.value];
				const wanted = filter.value.trim().toLocaleLowerCase();
				const pieces = (shown?.pieces ?? []).filter(({ key, title }) =>
					`${key} ${title}`.toLocaleLowerCase().includes(wanted),
				);
				return (
					<div class="content">
						<section class="block content-list" aria-label={w.kinds[kind.value]}>
							<label class="field">
								<span>{w.kind}</span>
								<select
									value={kind.value}
									onChange={(event) => {
										kind.value = event.currentTarget.value as KindName;
										chosen.value = null;
										filter.value = "";
									}}
								>
									{names.map((name) => (
										<option key={name} value={name}>
											{w.kinds[name]}
										</option>
									))}
								</select>
							</label>
							<p class="hint">{w.hints[kind.value]}</p>
							<label class="field">
								<span>{w.filter}</span>
								<input
									type="search"
									value={filter.value}
									onInput={(event) => {
										filter.value = event.currentTarget.value;
									}}
								/>
							</label>
							{shown?.adds && (
								<NewPiece
									onBegin={(key) => {
										chosen.value = key;
									}}
								/>
							)}
							{pieces.length === 0 && <p class="hint">{w.none}</p>}
							<ul class="pieces">
								{pieces.map(({ key, title, draft }) => (
									<li key={key}>
										<button
											type="button"
											class="piece"
											aria-current={chosen.value === key}
											onClick={() => {
												chosen.value = key;
											}}
										>
											<strong>{key}</strong>
											{draft && <span class="chip warm">{w.draft}</span>}
											<span class="hint piece-title">{title}</span>
										</button>
									</li>
								))}
							</ul>
						</section>
						{chosen.value ? (
							<Editor
								key={`${kind.value}/${chosen.value}`}
								kind={kind.value}
								name={chosen.value}
								onChanged={all.again}
							/>
						) : (
							<p class="block hint">{w.choose}</p>
						)}
					</div>
				);
			}}
		</Show>
	);
}

function NewPiece({ onBegin }: { onBegin: (key: string) => void }) {
	const w = words.value;
	return (
		<details class="new-piece">
			<summary>{w.add}</summary>
			<form
				class="lesson-ways"
				onSubmit={(event) => {
					event.preventDefault();
					const key = String(new FormData(event.currentTarget).get("key") ?? "").trim();
					if (key) onBegin(key);
				}}
			>
				<label class="field">
					<span>{w.key}</span>
					<input name="key" required pattern="[a-z0-9][a-z0-9_\-]*" maxLength={60} autocomplete="off" />
				</label>
				<button type="submit" class="button">
					{w.create}
				</button>
			</form>
		</details>
	);
}

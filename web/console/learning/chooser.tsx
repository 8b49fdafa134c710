import { useSignal } from "@preact/signals";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { words } from "./i18n";
import { nameOf, suggestions } from "./labels";
import type { Group, Label, Lessons } from "./wire";

interface Props {
	group: Group;
	all: Lessons;
	busy: boolean;
	choose: (label: Label) => Promise<void>;
	other: { current: HTMLInputElement | null };
	step: (by: 1 | -1) => void;
}

/** What the messages mean: a suggestion, anything else, or nothing to learn from. */
export function Chooser({ group, all, busy, choose, other, step }: Props) {
	const w = words.value;
	return (
		<div class="chooser">
			<h3 id="it-means">{w.suggestions}</h3>
			<ol class="suggestions" aria-labelledby="it-means">
				{suggestions(group).map((label, index) => (
					<li key={`${label.kind} ${"value" in label ? label.value : ""}`}>
						<button
							type="button"
							class="button lesson-suggestion"
							aria-keyshortcuts={String(index + 1)}
							aria-disabled={busy}
							onClick={() => void choose(label)}
						>
							<kbd>{index + 1}</kbd>
							<span class="hint">{label.kind === "intent" ? w.intent : w.article}</span>
							<span>{nameOf(all, label)}</span>
						</button>
					</li>
				))}
			</ol>
			<Other all={all} choose={choose} field={other} />
			<p class="lesson-ways">
				<button type="button" class="button" aria-keyshortcuts="D" onClick={() => void choose({ kind: "discard" })}>
					{w.discard}
				</button>
				<button type="button" class="button" aria-keyshortcuts="K" onClick={() => step(-1)}>
					{w.previous}
				</button>
				<button type="button" class="button" aria-keyshortcuts="J" onClick={() => step(1)}>
					{w.next}
				</button>
			</p>
			<p class="hint">{w.keys}</p>
		</div>
	);
}

interface OtherProps {
	all: Lessons;
	choose: (label: Label) => Promise<void>;
	field: { current: HTMLInputElement | null };
}

/** Any intent or article by its name: the browser's own list, which every screen reader knows. */
function Other({ all, choose, field }: OtherProps) {
	const t = strings.value;
	const w = words.value;
	const problem = useSignal(false);
	const known = everything(all);
	return (
		<form
			class="lesson-other"
			onSubmit={(event) => {
				event.preventDefault();
				const label = known.get(field.current?.value.trim().toLocaleLowerCase() ?? "");
				problem.value = !label;
				if (!label || !field.current) return;
				field.current.value = "";
				void choose(label);
			}}
		>
			<label class="field">
				<span>{w.other}</span>
				<input
					list="matters"
					aria-keyshortcuts="S"
					aria-describedby="other-hint"
					aria-invalid={problem.value}
					autocomplete="off"
					ref={(element) => {
						field.current = element;
					}}
					onKeyDown={(event) => event.key === "Escape" && event.currentTarget.closest<HTMLElement>(".lessons")?.focus()}
				/>
			</label>
			<datalist id="matters">
				{all.intents.map((name) => (
					<option key={name} value={wordFor(t.intents, name)} />
				))}
				{Object.entries(all.articles[t.locale as keyof typeof all.articles]).map(([slug, title]) => (
					<option key={slug} value={title} />
				))}
			</datalist>
			<p id="other-hint" class={problem.value ? "problem" : "hint"} role={problem.value ? "alert" : undefined}>
				{problem.value ? w.unknown : w.otherHint}
			</p>
		</form>
	);
}

/** Labels by what they are called, in small letters; a matter wins over an article of the same name. */
function everything(all: Lessons): Map<string, Label> {
	const t = strings.value;
	const titles = Object.entries(all.articles[t.locale as keyof typeof all.articles]);
	return new Map<string, Label>([
		...titles.map(([value, title]) => [title.toLocaleLowerCase(), { kind: "article", value }] as [string, Label]),
		...all.intents.map(
			(value) => [wordFor(t.intents, value).toLocaleLowerCase(), { kind: "intent", value }] as [string, Label],
		),
	]);
}

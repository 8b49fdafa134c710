import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ApiError } from "../desk/api";
import { LOCALES, strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { moment } from "../i18n/format";
import { now } from "../page/clock";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import { type Fields, FORMS, type KindName, type Piece, type Where } from "./wire";

interface Props {
	kind: KindName;
	name: string;
	onChanged: () => void;
}

type What = "draft" | "drop" | "publish" | "remove" | "undo";

/** A piece in three languages side by side: draft, preview, publish, and the way back. */
export function Editor({ kind, name, onChanged }: Props) {
	const { desk, ui } = useConsole();
	const w = words.value;
	const piece = useSignal<Piece | null>(null);
	const fields = useSignal<Fields>({});
	const preview = useSignal(false);
	const busy = useSignal(false);
	const path = `/content/${kind}/${encodeURIComponent(name)}`;

	function take(found: Piece): void {
		piece.value = found;
		fields.value = found.draft?.fields ?? found.stands ?? {};
	}
	const load = () =>
		desk.api.read<Piece>(path).then(take, () => take({ stands: null, draft: null, editions: [], adds: true }));
	useEffect(() => void load(), []);

	async function act(what: What, done: string): Promise<void> {
		if (busy.peek()) return;
		busy.value = true;
		try {
			// What is published is what is seen here, also where nobody has saved it first.
			if (what === "draft" || what === "publish") await desk.api.save(path, { what: "draft", fields: fields.peek() });
			if (what !== "draft") await desk.api.save(path, { what });
			ui.toast("good", done);
			preview.value = false;
			await load();
			onChanged();
		} catch (error) {
			ui.toast("bad", error instanceof ApiError && error.message ? error.message : w.failed);
		} finally {
			busy.value = false;
		}
	}
	if (!piece.value) return <p class="block hint">{strings.value.list.loading}</p>;
	return (
		<section class="block content-editor" aria-label={`${w.kinds[kind]}: ${name}`}>
			<h3>{name}</h3>
			<DraftNote piece={piece.value} />
			{preview.value ? <Preview kind={kind} fields={fields.value} /> : <Form kind={kind} fields={fields} />}
			<Buttons piece={piece.value} preview={preview} act={act} />
			<History piece={piece.value} />
		</section>
	);
}

function DraftNote({ piece }: { piece: Piece }) {
	const t = strings.value;
	if (!piece.draft) return null;
	return <p class="banner">{words.value.draftBy(piece.draft.by, moment(t, piece.draft.at, now.value))}</p>;
}

function Form({ kind, fields }: { kind: KindName; fields: Signal<Fields> }) {
	const w = words.value;
	const form = FORMS[kind];
	return (
		<>
			{form.all.length > 0 && <Column where="all" title={w.all} names={form.all} fields={fields} />}
			{form.each.length > 0 && (
				<div class="content-languages">
					{LOCALES.map((locale) => (
						<Column
							key={locale}
							where={locale}
							title={wordFor(strings.value.languages, locale)}
							names={form.each}
							fields={fields}
						/>
					))}
				</div>
			)}
		</>
	);
}

interface ColumnProps {
	where: Where;
	title: string;
	names: readonly string[];
	fields: Signal<Fields>;
}

const LINES: Record<string, number> = { text: 8, questions: 4, yaml: 24 };

function Column({ where, title, names, fields }: ColumnProps) {
	const w = words.value;
	const set = (name: string, value: string) => {
		const own = fields.peek()[where] ?? {};
		fields.value = { ...fields.peek(), [where]: { ...own, [name]: value } };
	};
	return (
		<fieldset class="content-column">
			<legend>{title}</legend>
			{names.map((name) => {
				const value = fields.value[where]?.[name] ?? "";
				const lines = LINES[name];
				return (
					<div key={name} class="field">
						<label for={`${where}-${name}`}>{wordFor(w.fields, name)}</label>
						{lines ? (
							<textarea
								id={`${where}-${name}`}
								rows={lines}
								lang={where === "all" ? undefined : where}
								value={value}
								onInput={(event) => set(name, event.currentTarget.value)}
							/>
						) : (
							<input
								id={`${where}-${name}`}
								lang={where === "all" ? undefined : where}
								value={value}
								autocomplete="off"
								onInput={(event) => set(name, event.currentTarget.value)}
							/>
						)}
					</div>
				);
			})}
		</fieldset>
	);
}

/** As it will be read: text, never markup. */
function Preview({ kind, fields }: { kind: KindName; fields: Fields }) {
	const t = strings.value;
	const form = FORMS[kind];
	if (form.each.length === 0) return <pre class="file">{fields.all?.yaml}</pre>;
	return (
		<div class="content-languages">
			{LOCALES.map((locale) => (
				<div key={locale} class="content-column">
					<p class="hint">{wordFor(t.languages, locale)}</p>
					<div class="bubble content-preview" lang={locale}>
						{fields[locale]?.title && <strong>{fields[locale].title}</strong>}
						<p>{fields[locale]?.text}</p>
					</div>
				</div>
			))}
		</div>
	);
}

interface ButtonsProps {
	piece: Piece;
	preview: Signal<boolean>;
	act: (what: What, done: string) => Promise<void>;
}

function Buttons({ piece, preview, act }: ButtonsProps) {
	const w = words.value;
	const button = (what: What, word: string, done: string, tone = "") => (
		<button type="button" class={`button ${tone}`} onClick={() => void act(what, done)}>
			{word}
		</button>
	);
	return (
		<p class="content-ways">
			{button("publish", w.publish, w.published, "primary")}
			<button
				type="button"
				class="button"
				aria-pressed={preview.value}
				onClick={() => {
					preview.value = !preview.value;
				}}
			>
				{preview.value ? w.edit : w.preview}
			</button>
			{button("draft", w.save, w.saved)}
			{piece.draft && button("drop", w.drop, w.dropped)}
			{piece.editions.length > 0 && button("undo", w.undo, w.undone)}
			{piece.adds && piece.stands && button("remove", w.remove, w.removed)}
		</p>
	);
}

function History({ piece }: { piece: Piece }) {
	const t = strings.value;
	const w = words.value;
	return (
		<div>
			<h4>{w.history}</h4>
			{piece.editions.length === 0 && <p class="hint">{w.noHistory}</p>}
			<ol class="lines">
				{piece.editions.map(({ number, at, by }) => (
					<li key={number}>
						<span>{by}</span>
						<time dateTime={new Date(at).toISOString()}>{moment(t, at, now.value)}</time>
					</li>
				))}
			</ol>
		</div>
	);
}

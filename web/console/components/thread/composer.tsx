import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Owner, Summary } from "../../../shared/protocol";
import { permitted, replyBlock } from "../../desk/permits";
import { strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import { moment } from "../../i18n/format";
import { zoneBeside } from "../../i18n/zone";
import { display, matches } from "../../keys/combo";
import { GAP } from "../../page/canned";
import { insertSuggestion } from "../../page/commands";
import { draftOf, type Mode, setDraft } from "../../page/drafts";
import { addFiles, dropFiles, filesOf, readyFiles } from "../../page/files";
import { name } from "../../page/names";
import { promises, setPromise, suggested } from "../../page/promised";
import { settings } from "../../page/settings";
import { hasAnswered, loadReplies, suggestionFor } from "../../page/suggestions";
import { useConsole } from "../../page/ui";
import { CommandButton, Keys, liveKeys } from "../button";
import { Icon } from "../icons";
import { AttachButton, FileList } from "./attach";
import { type Canned, CannedList, selectGap, useCanned } from "./canned";
import { MentionList, type Mentions, useMentions } from "./mention";

/** The desk's limit for one message. */
const MAX_LENGTH = 16_000;
/** From here on it is said how much room is left. */
const NEAR_LIMIT = 15_000;

/** Where replies and private notes are written: two looks that cannot be taken for each other. */
export function Composer({ summary }: { summary: Summary }) {
	const console = useConsole();
	const { desk, ui } = console;
	const t = strings.value;
	const mode = ui.mode.value;
	const block = mode === "reply" ? replyBlock(summary, desk.me.value) : null;
	return (
		<section class={`composer ${mode}`} aria-label={t.composer.label}>
			<fieldset class="modes" aria-label={t.composer.mode}>
				<ModeButton mode="reply" />
				<ModeButton mode="note" />
				<span class="mode-hint">
					{mode === "note" ? t.thread.noteHint : t.composer.replyIn(wordFor(t.languages, summary.locale))}
				</span>
			</fieldset>
			{block ? <Blocked summary={summary} block={block} /> : <Writing summary={summary} mode={mode} />}
		</section>
	);
}

function ModeButton({ mode }: { mode: Mode }) {
	const { ui } = useConsole();
	const t = strings.value;
	const [combo] = liveKeys(mode);
	return (
		<button
			type="button"
			class={`mode ${mode}`}
			aria-pressed={ui.mode.value === mode}
			title={combo && display(combo)}
			onClick={() => ui.write(mode)}
		>
			{mode === "note" && <Icon name="note" />}
			{t.composer[mode]}
		</button>
	);
}

/** Why no reply can be written, and the way to change that. What was typed before is kept and comes back. */
function Blocked({ summary, block }: { summary: Summary; block: Owner }) {
	const { desk } = useConsole();
	const t = strings.value;
	const [action] = permitted(summary, desk.me.value);
	const draft = draftOf(summary.id, "reply");
	const why =
		block === "agent"
			? t.composer.closedReasons.agent(summary.agent?.name ?? t.thread.roles.agent)
			: t.composer.closedReasons[block];
	return (
		<div class="blocked">
			<p>{why}</p>
			{action && <CommandButton command={action} class="primary" busy={desk.busy.value.get(summary.id) === action} />}
			{draft && (
				<p class="blocked-draft">
					<strong>{t.list.draft}:</strong> {draft}
				</p>
			)}
		</div>
	);
}

function Writing({ summary, mode }: { summary: Summary; mode: Mode }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const area = useRef<HTMLTextAreaElement>(null);
	const text = draftOf(summary.id, mode);
	const wanted = ui.composerWanted.value;

	useLayoutEffect(() => fitHeight(area.current), [text, mode]);
	useLayoutEffect(() => {
		if (!wanted) return;
		ui.composerWanted.value = false;
		area.current?.focus();
		area.current?.setSelectionRange(text.length, text.length);
	}, [wanted, ui]);

	const write = (value: string) => {
		setDraft(summary.id, mode, value);
		if (mode === "reply") desk.setTyping(summary.id, value.trim() !== "");
	};
	const files = filesOf(summary.id, mode);
	const empty = !text.trim() && readyFiles(files).length === 0;
	const send = () => {
		if (text.includes(GAP)) {
			ui.toast("bad", t.canned.blank);
			return selectGap(area.current, text);
		}
		if (empty || text.length > MAX_LENGTH || files.some(({ state }) => state === "uploading")) return;
		const due = mode === "reply" && promises(summary.id) ? suggested(summary.id) : null;
		desk.threads.write(summary.id, mode, text.trim(), readyFiles(files), due);
		setPromise(summary.id, false);
		dropFiles(summary.id, mode);
		write("");
		area.current?.focus();
	};
	const canned = useCanned(desk, summary, mode, text, (filled) => {
		write(filled);
		selectGap(area.current, filled);
	});
	const mentions = useMentions(desk, mode, text, write);
	const onKeyDown = (event: KeyboardEvent) => {
		if (canned.onKeyDown(event) || mentions.onKeyDown(event)) return;
		// Enter that ends a composition (IME) belongs to the word, not to us.
		if (event.isComposing || !sends(event)) return;
		event.preventDefault();
		send();
	};
	const attach = (chosen: File[]) => addFiles(desk.api, summary.id, mode, chosen);
	const label = mode === "note" ? t.composer.notePlaceholder : t.composer.replyTo(name(t, summary));
	return (
		<form
			class="writing"
			onDragOver={(event) => event.preventDefault()}
			onDrop={(event) => {
				event.preventDefault();
				attach([...(event.dataTransfer?.files ?? [])]);
			}}
			onSubmit={(event) => {
				event.preventDefault();
				send();
			}}
		>
			{mode === "reply" && !text && <Suggestion summary={summary} />}
			<CannedList canned={canned} />
			<MentionList mentions={mentions} />
			<textarea
				ref={area}
				class="composer-text"
				rows={2}
				value={text}
				placeholder={label}
				aria-label={label}
				lang={mode === "reply" ? summary.locale : undefined}
				aria-describedby="composer-hint"
				aria-controls={canned.open ? "canned" : mentions.chosen ? "mentions" : undefined}
				aria-activedescendant={activeOf(canned, mentions)}
				onInput={(event) => write(event.currentTarget.value)}
				onBlur={() => mode === "reply" && desk.setTyping(summary.id, false)}
				onKeyDown={onKeyDown}
				onPaste={(event) => {
					const pasted = event.clipboardData?.files;
					if (!pasted?.length) return;
					event.preventDefault();
					attach([...pasted]);
				}}
			/>
			<FileList conversation={summary.id} mode={mode} />
			{mode === "reply" && <PromiseHint conversation={summary.id} />}
			<div class="composer-foot">
				<AttachButton onFiles={attach} />
				<span class="hint" id="composer-hint">
					<Hint length={text.length} />
				</span>
				<button type="submit" class={`button ${mode === "note" ? "note-send" : "primary"}`} aria-disabled={empty}>
					<Icon name={mode === "note" ? "note" : "send"} />
					{mode === "note" ? t.composer.addNote : t.composer.send}
				</button>
			</div>
		</form>
	);
}

/** The reply names a time: it can be kept on record as a promise, counted down and apologised for if it is missed. */
function PromiseHint({ conversation }: { conversation: string }) {
	const t = strings.value;
	const due = suggested(conversation);
	const [combo] = liveKeys("promise");
	if (due === null) return null;
	return (
		<label class="promise-hint">
			<input
				type="checkbox"
				checked={promises(conversation)}
				onChange={(event) => setPromise(conversation, event.currentTarget.checked)}
			/>
			<span>{t.composer.promise(moment(t, due, Date.now()) + zoneBeside(due))}</span>
			{combo && <Keys combo={combo} />}
		</label>
	);
}

/** The entry of an open list that the keys are at. */
function activeOf(canned: Canned, mentions: Mentions): string | undefined {
	if (canned.chosen) return `canned-${canned.chosen.id}`;
	return mentions.chosen && `mention-${mentions.chosen.id}`;
}

function Hint({ length }: { length: number }) {
	const t = strings.value;
	if (length > MAX_LENGTH) return <span class="overdue">{t.composer.tooLong(length - MAX_LENGTH)}</span>;
	if (length > NEAR_LIMIT) return <>{t.composer.left(MAX_LENGTH - length)}</>;
	return <>{t.composer.toSend(settings.value.sendKey === "enter" ? "Enter" : display("Mod+Enter"))}</>;
}

/** A proposal while nothing is written yet: the bot's for the first reply, a canned one for what came later. */
function Suggestion({ summary }: { summary: Summary }) {
	const console = useConsole();
	const t = strings.value;
	const suggestion = suggestionFor(console, summary.id);
	const [combo] = liveKeys("insert");
	const thread = console.desk.threads.get(summary.id);
	const later = thread !== null && hasAnswered(thread);
	useEffect(() => {
		if (later) loadReplies(console);
	}, [later, console]);
	if (!suggestion) return null;
	return (
		<button type="button" class="suggestion" onClick={() => insertSuggestion(console)}>
			<Icon name="spark" />
			<span class="suggestion-label">{t.composer.suggestion}</span>
			<span class="suggestion-text">{suggestion}</span>
			<span class="suggestion-insert">
				{t.composer.insert} {combo && <Keys combo={combo} />}
			</span>
		</button>
	);
}

/** Mod+Enter always sends; Enter alone where the agent has set it so. */
function sends(event: KeyboardEvent): boolean {
	if (matches(event, "Mod+Enter")) return true;
	return settings.peek().sendKey === "enter" && matches(event, "Enter") && !event.shiftKey;
}

/** Grows with the text; CSS sets the limits. Set from script (CSSOM), which a strict CSP allows. */
function fitHeight(area: HTMLTextAreaElement | null): void {
	if (!area || CSS.supports?.("field-sizing", "content")) return;
	area.style.height = "auto";
	area.style.height = `${area.scrollHeight}px`;
}

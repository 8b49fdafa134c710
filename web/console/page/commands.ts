/** What each command does, and whether it can be done now: one place for buttons, keys and palette. */
import type { Summary } from "../../shared/protocol";
import { filtered, VIEWS } from "../desk/lists";
import { type Action, approvable, isMine, permitted, replyBlock } from "../desk/permits";
import { refusalText } from "../desk/refusal";
import { strings } from "../i18n";
import type { CommandId } from "../keys/keymap";
import { draftOf, setDraft } from "./drafts";
import { promises, setPromise, suggested } from "./promised";
import { go, route } from "./route";
import { suggestionFor } from "./suggestions";
import type { Console } from "./ui";

const ACTIONS: readonly string[] = [
	"claim",
	"take_over",
	"resolve",
	"hold",
	"transfer",
	"promise",
	"return_to_bot",
	"requeue",
	"reassign",
	"reopen",
] satisfies Action[];

export function isAction(id: string): id is Action {
	return ACTIONS.includes(id);
}

export function selected({ desk }: Console): Summary | null {
	if (route.value.page) return null;
	return desk.summary(route.value.conversation);
}

/** The rows that are shown: what J and K walk through. */
export function shownRows({ desk }: Console): Summary[] {
	const { view, query, language } = route.value;
	return filtered(desk.inbox.rows(view), { query, language });
}

export function suggestionOf(console: Console): string | null {
	const id = route.value.conversation;
	return id && suggestionFor(console, id);
}

export function isPossible(console: Console, id: CommandId): boolean {
	const summary = selected(console);
	if (isAction(id)) return summary !== null && permitted(summary, console.desk.me.value).includes(id);
	switch (id) {
		case "reply":
		case "note":
		case "details":
			return summary !== null;
		case "insert":
			return summary !== null && suggestionOf(console) !== null;
		case "shop":
			return summary !== null && isMine(summary, console.desk.me.value);
		case "tag":
			return summary !== null;
		case "approve":
			return summary !== null && (Boolean(summary.draft) || approvable(summary, console.desk.me.value) !== null);
		case "attach":
			return summary !== null && canWrite(summary, console);
		case "claimNext":
			return console.desk.inbox.rows("waiting").length > 0;
		default:
			return true;
	}
}

/** Whether the composer can be written in: a note always, a reply by the owner. */
function canWrite(summary: Summary, { desk, ui }: Console): boolean {
	return ui.mode.value === "note" || replyBlock(summary, desk.me.value) === null;
}

/** Does the command, if it can be done. */
export function run(console: Console, id: CommandId): void {
	if (!isPossible(console, id)) return;
	const { conversation } = route.peek();
	if (isAction(id)) return void (conversation && perform(console, id, conversation));
	if (id.startsWith("view")) return showView(console, Number(id.slice(4)) - 1);
	const { ui } = console;
	switch (id) {
		case "next":
			return step(console, 1);
		case "previous":
			return step(console, -1);
		case "reply":
		case "note":
			return ui.write(id);
		case "insert":
			return insertSuggestion(console);
		case "shop":
			ui.dialog.value = "shop";
			return;
		case "tag":
			return tag();
		case "approve":
			return void approve(console);
		case "attach":
			return document.getElementById("attach")?.click();
		case "claimNext":
			return void claimLongestWaiting(console);
		case "palette":
		case "keys":
		case "settings":
			ui.dialog.value = ui.dialog.peek() === id ? null : id;
			return;
		case "filter":
			return document.getElementById("filter")?.focus();
		case "details":
			return showDetails();
		case "escape":
			return stepBack();
	}
}

/** Does the action at once, or opens the dialog that asks what it needs. */
export function perform(console: Console, action: Action, conversation: string): Promise<void> | undefined {
	switch (action) {
		case "claim":
		case "take_over":
			return act(console, { type: action, conversation }, () => {
				// The case has become mine: its list goes with it, and the next thing to do is to write.
				if (route.peek().conversation === conversation)
					go({ view: console.desk.summary(conversation)?.practice ? "practice" : "mine" }, true);
				console.ui.write("reply");
			});
		case "reopen":
			return act(console, { type: action, conversation });
		default:
			// A reply that names its time carries the promise itself: nothing has to be said twice.
			if (action === "promise" && console.ui.mode.peek() === "reply" && suggested(conversation) !== null) {
				setPromise(conversation, !promises(conversation));
				return undefined;
			}
			console.ui.dialog.value = action;
			return undefined;
	}
}

/** Sends the action and says how it went. */
export async function act(
	{ desk, ui }: Console,
	body: Parameters<Console["desk"]["act"]>[0],
	done: () => void = () => {},
): Promise<void> {
	const refusal = await desk.act(body);
	const t = strings.peek();
	if (refusal) return ui.toast("bad", refusalText(t, refusal));
	ui.toast("good", t.done[body.type]);
	done();
}

function tag(): void {
	go({ details: true });
	requestAnimationFrame(() => document.getElementById("tag")?.focus());
}

/** Lets the bot's answer go that waits, else what waits in the shop for this agent, the oldest first. */
async function approve(console: Console): Promise<void> {
	const summary = selected(console);
	const deed = summary && approvable(summary, console.desk.me.peek());
	if (!summary || !(deed || summary.draft)) return;
	const { id: conversation, draft } = summary;
	const refusal = await console.desk.ask(
		draft
			? { type: "approve_answer", conversation, turn: draft.turn }
			: { type: "approve", conversation, deed: deed?.deed ?? "" },
	);
	if (refusal) console.ui.toast("bad", refusalText(strings.peek(), refusal));
}

/** Puts the suggested reply into the composer, after what is written there already. */
export function insertSuggestion(console: Console, suggestion = suggestionOf(console)): void {
	const { conversation } = route.peek();
	if (!conversation || !suggestion) return;
	const draft = draftOf(conversation, "reply");
	if (!draft.includes(suggestion)) setDraft(conversation, "reply", draft ? `${draft}\n\n${suggestion}` : suggestion);
	// On a phone and in a drawer the composer lies under the case.
	go({ details: false });
	console.ui.write("reply");
}

async function claimLongestWaiting(console: Console): Promise<void> {
	const first = console.desk.inbox.rows("waiting")[0];
	if (!first) return;
	go({ view: "waiting", conversation: first.id, details: false });
	await perform(console, "claim", first.id);
}

function step(console: Console, by: 1 | -1): void {
	const list = shownRows(console);
	if (list.length === 0) return;
	const at = list.findIndex(({ id }) => id === route.peek().conversation);
	const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
	go({ conversation: list[next]?.id ?? null, details: false }, true);
	document.getElementById(`row-${list[next]?.id}`)?.scrollIntoView({ block: "nearest" });
}

function showView(_console: Console, index: number): void {
	const view = VIEWS[index];
	if (view) go({ view, conversation: null, details: false });
}

function showDetails(): void {
	if (route.peek().page) return;
	go({ details: !route.peek().details });
	// Where the column is always in sight there is nothing to open: it takes the focus, so that it can be read and scrolled.
	requestAnimationFrame(() => document.getElementById("context")?.focus());
}

function stepBack(): void {
	const { details, conversation } = route.peek();
	if (document.activeElement instanceof HTMLTextAreaElement || document.activeElement instanceof HTMLInputElement) {
		document.activeElement.blur();
	} else if (details) go({ details: false });
	else if (conversation) go({ conversation: null });
}

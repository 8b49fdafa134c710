/** The dialogs of the actions that need to know more: one small form each. */
import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Colleagues, Locale, Outcome, WaitsFor } from "../../../shared/protocol";
import { strings } from "../../i18n";
import { act } from "../../page/commands";
import { useConsole } from "../../page/ui";
import { ActionForm, NoteField, Problem, textOf } from "./actionform";
import { momentOf, WhenField } from "./when";

interface Props {
	conversation: string;
}

const WAITS_FOR: readonly WaitsFor[] = ["customer", "warehouse", "carrier", "supplier"];
const OUTCOMES: readonly Outcome[] = ["solved", "not_solved", "no_reply", "spam"];

/** Up to where the agent had read when the dialog opened: what comes while it is open stands behind it. */
function useRead(conversation: string): { seen?: number } {
	const console = useConsole();
	const [read] = useState(() => console.desk.threads.get(conversation)?.entries.at(-1)?.seq);
	return read === undefined ? {} : { seen: read };
}

export function ResolveDialog({ conversation }: Props) {
	const console = useConsole();
	const t = strings.value;
	const seen = useRead(conversation);
	const submit = (data: FormData) => {
		const cause = textOf(data, "cause");
		const outcome = textOf(data, "outcome") as Outcome;
		void act(console, { type: "resolve", conversation, outcome, ...(cause ? { cause } : {}), ...seen });
		return true;
	};
	return (
		<ActionForm title={t.dialog.resolveTitle} text={t.dialog.resolveText} submit={t.actions.resolve} onSubmit={submit}>
			<fieldset class="choices">
				<legend>{t.dialog.outcome}</legend>
				{OUTCOMES.map((outcome) => (
					<label key={outcome} class="choice">
						<input type="radio" name="outcome" value={outcome} defaultChecked={outcome === "solved"} />
						{t.outcomes[outcome]}
					</label>
				))}
			</fieldset>
			<label class="field">
				<span>
					{t.dialog.cause} <small>({t.dialog.optional})</small>
				</span>
				<input name="cause" placeholder={t.dialog.causeHint} maxLength={80} />
			</label>
		</ActionForm>
	);
}

export function HoldDialog({ conversation }: Props) {
	const console = useConsole();
	const t = strings.value;
	const problem = useSignal<string | null>(null);
	const submit = (data: FormData) => {
		const until = momentOf(data);
		const note = textOf(data, "note");
		problem.value = until === null ? t.dialog.pastTime : null;
		if (until === null) return false;
		const waits = textOf(data, "waits_for") as WaitsFor | "";
		const more = { ...(note ? { note } : {}), ...(waits ? { waits_for: waits } : {}) };
		void act(console, { type: "hold", conversation, until, ...more });
		return true;
	};
	return (
		<ActionForm title={t.dialog.holdTitle} text={t.dialog.holdText} submit={t.actions.hold} onSubmit={submit}>
			<WhenField label={t.dialog.until} problem={problem.value} />
			<label class="field">
				<span>
					{t.floor.waitsFor} <small>({t.dialog.optional})</small>
				</span>
				<select name="waits_for">
					<option value="" />
					{WAITS_FOR.map((what) => (
						<option key={what} value={what}>
							{t.floor.waits[what]}
						</option>
					))}
				</select>
			</label>
			<NoteField label={t.dialog.noteLabel} />
		</ActionForm>
	);
}

export function PromiseDialog({ conversation }: Props) {
	const console = useConsole();
	const t = strings.value;
	const missing = useSignal(false);
	const past = useSignal<string | null>(null);
	const submit = (data: FormData) => {
		const text = textOf(data, "note");
		const due = momentOf(data);
		missing.value = text === "";
		past.value = due === null ? t.dialog.pastTime : null;
		if (!text || due === null) return false;
		void act(console, { type: "promise", conversation, text, due });
		return true;
	};
	return (
		<ActionForm title={t.dialog.promiseTitle} text={t.dialog.promiseHint} submit={t.actions.promise} onSubmit={submit}>
			<NoteField label={t.dialog.promiseText} required problem={missing.value ? t.dialog.required : null} />
			<WhenField label={t.dialog.due} problem={past.value} />
		</ActionForm>
	);
}

export function RequeueDialog({ conversation }: Props) {
	const console = useConsole();
	const t = strings.value;
	const submit = (data: FormData) => {
		const note = textOf(data, "note");
		void act(console, { type: "requeue", conversation, ...(note ? { note } : {}) });
		return true;
	};
	return (
		<ActionForm title={t.dialog.requeueTitle} text={t.dialog.requeueText} submit={t.actions.requeue} onSubmit={submit}>
			<NoteField label={t.dialog.noteLabel} />
		</ActionForm>
	);
}

export function ReturnDialog({ conversation }: Props) {
	const console = useConsole();
	const t = strings.value;
	const seen = useRead(conversation);
	const submit = () => {
		void act(console, { type: "return_to_bot", conversation, ...seen });
		return true;
	};
	return (
		<ActionForm
			title={t.dialog.returnTitle}
			text={t.dialog.returnText}
			submit={t.actions.return_to_bot}
			onSubmit={submit}
		/>
	);
}

export function TransferDialog({ conversation }: Props) {
	return <MoveDialog conversation={conversation} type="transfer" />;
}

/** A supervisor's: whoever has the case; to agents who are at work only. */
export function ReassignDialog({ conversation }: Props) {
	return <MoveDialog conversation={conversation} type="reassign" />;
}

function MoveDialog({ conversation, type }: Props & { type: "transfer" | "reassign" }) {
	const console = useConsole();
	const { desk } = console;
	const t = strings.value;
	const colleagues = useSignal<Colleagues | "loading" | "failed">("loading");
	const problem = useSignal<string | null>(null);
	useEffect(() => {
		desk.api.colleagues().then(
			(found) => {
				colleagues.value = found;
			},
			() => {
				colleagues.value = "failed";
			},
		);
	}, [desk, colleagues]);

	const submit = (data: FormData) => {
		// "agent:a_1" or "team:t_2": one list to choose from, two fields on the wire.
		const [kind, id] = textOf(data, "to").split(/:(.*)/);
		problem.value = id ? null : t.dialog.required;
		if (!id) return false;
		const to = kind === "team" ? { team: id } : { agent: id };
		void act(console, { type, conversation, ...to, note: textOf(data, "note") });
		return true;
	};
	const given = type === "reassign";
	return (
		<ActionForm
			title={given ? t.floor.reassignTitle : t.dialog.transferTitle}
			{...(given ? { text: t.floor.reassignText } : {})}
			submit={t.actions[type]}
			onSubmit={submit}
		>
			<ColleagueField
				colleagues={colleagues.value}
				not={given ? (desk.summary(conversation)?.agent?.id ?? null) : desk.me.value.id}
				atWork={given}
				problem={problem.value}
			/>
			<NoteField label={t.dialog.transferNote} />
		</ActionForm>
	);
}

interface ColleagueProps {
	colleagues: Colleagues | "loading" | "failed";
	/** Who is not offered. */
	not: string | null;
	/** Only agents who are at work can be chosen. */
	atWork: boolean;
	problem: string | null;
}

function ColleagueField({ colleagues, not, atWork, problem }: ColleagueProps) {
	const t = strings.value;
	if (colleagues === "failed") return <p class="problem">{t.dialog.colleaguesFailed}</p>;
	const loading = colleagues === "loading";
	const others = loading ? [] : colleagues.agents.filter(({ id }) => id !== not);
	const teams = loading ? [] : colleagues.teams;
	if (!loading && others.length + teams.length === 0) return <p class="hint">{t.dialog.noColleagues}</p>;
	return (
		<label class="field">
			<span>{t.dialog.transferTo}</span>
			<select name="to" aria-invalid={problem !== null}>
				<option value="">{loading ? t.list.loading : ""}</option>
				{others.length > 0 && (
					<optgroup label={t.dialog.agents}>
						{others.map(({ id, name, presence }) => (
							<option key={id} value={`agent:${id}`} disabled={atWork && presence !== "online"}>
								{name} ({(presence === "offline" ? t.floor.offline : t.presence[presence]).toLocaleLowerCase()})
							</option>
						))}
					</optgroup>
				)}
				{teams.length > 0 && (
					<optgroup label={t.dialog.teams}>
						{teams.map(({ id, names }) => (
							<option key={id} value={`team:${id}`}>
								{names[t.locale as Locale]}
							</option>
						))}
					</optgroup>
				)}
			</select>
			<Problem text={problem} />
		</label>
	);
}

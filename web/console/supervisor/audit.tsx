import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { moment } from "../i18n/format";
import { now } from "../page/clock";
import { teamName } from "../page/names";
import { hrefOf } from "../page/route";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import type { Audit, Deed, Seat } from "./wire";

/** Who did what, the latest first; of one agent or of all. */
export function AuditPage() {
	const { desk } = useConsole();
	const t = strings.value;
	const w = words.value.audit;
	const agents = useSignal<Pick<Seat, "id" | "name">[]>([]);
	const agent = useSignal("");
	const deeds = useSignal<Deed[] | null>(null);
	const next = useSignal<number | null>(null);
	const failed = useSignal(false);

	async function load(before: number | null): Promise<void> {
		const query = new URLSearchParams({
			...(agent.peek() ? { agent: agent.peek() } : {}),
			...(before ? { before: String(before) } : {}),
		});
		try {
			const found = await desk.api.read<Audit>(`/audit?${query}`);
			deeds.value = before ? [...(deeds.peek() ?? []), ...found.deeds] : found.deeds;
			next.value = found.next;
			failed.value = false;
		} catch {
			failed.value = true;
		}
	}
	useEffect(() => {
		void load(null);
		desk.api.read<{ agents: Seat[] }>("/staff").then(
			(staff) => {
				agents.value = staff.agents;
			},
			() => {},
		);
	}, []);

	return (
		<>
			<label class="field narrow">
				<span>{w.agent}</span>
				<select
					value={agent.value}
					onChange={(event) => {
						agent.value = event.currentTarget.value;
						void load(null);
					}}
				>
					<option value="">{w.everybody}</option>
					{agents.value.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</select>
			</label>
			{failed.value && (
				<p class="problem" role="alert">
					{t.floor.loadFailed}
				</p>
			)}
			{deeds.value?.length === 0 && <p class="hint">{w.none}</p>}
			<ol class="deeds">
				{deeds.value?.map((deed) => (
					<DeedLine key={deed.number} deed={deed} />
				))}
			</ol>
			{next.value && (
				<button type="button" class="button" onClick={() => void load(next.peek())}>
					{w.more}
				</button>
			)}
		</>
	);
}

function DeedLine({ deed }: { deed: Deed }) {
	const t = strings.value;
	const w = words.value.audit;
	const { at, agent, what, target, conversation, data } = deed;
	const team = typeof data.to_team === "string" ? teamName(t, data.to_team) : null;
	const outcome = typeof data.outcome === "string" ? wordFor(t.outcomes, data.outcome) : null;
	const details = [target?.name ?? (target ? teamName(t, target.id) : null), team, outcome].filter(Boolean);
	return (
		<li class="deed">
			<time dateTime={new Date(at).toISOString()}>{moment(t, at, now.peek())}</time>
			<strong>{agent.name ?? agent.id}</strong>
			<span>
				{wordFor(w.deeds, what)}
				{details.length > 0 && `: ${details.join(", ")}`}
			</span>
			{conversation && <a href={hrefOf({ conversation })}>{w.case}</a>}
		</li>
	);
}

import { effect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Summary } from "../../shared/protocol";
import { Due, Elapsed } from "../components/elapsed";
import { Icon } from "../components/icons";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { name, teamName } from "../page/names";
import { hrefOf } from "../page/route";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import { Show, useLoaded } from "./loaded";
import { Presence, Takes } from "./people";
import type { Board, Seat } from "./wire";

const EVERY_MS = 5_000;
/** Changes that come close together are shown together. */
const PAUSE_MS = 700;

/** The moment: who waits, who works, what is promised. Asked anew when something changes, and every few seconds. */
export function BoardPage() {
	const { desk } = useConsole();
	const board = useLoaded(() => desk.api.read<Board>("/board"), EVERY_MS);
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let first = true;
		const stop = effect(() => {
			desk.inbox.summaries.value;
			if (first) {
				first = false;
				return;
			}
			clearTimeout(timer);
			timer = setTimeout(board.again, PAUSE_MS);
		});
		return () => {
			stop();
			clearTimeout(timer);
		};
	}, [desk]);
	return <Show from={board}>{(now) => <Moment board={now} />}</Show>;
}

function Moment({ board }: { board: Board }) {
	const w = words.value.board;
	const online = board.agents.filter(({ presence }) => presence === "online").length;
	return (
		<>
			{board.overload && (
				<p class="banner" role="status">
					<Icon name="urgent" /> {w.overload(board.overload.waiting, board.overload.to_minutes)}
				</p>
			)}
			<dl class="figures">
				<Figure name={w.waiting}>{board.waiting}</Figure>
				<Figure name={w.longest}>
					{board.longest_since ? <Elapsed since={board.longest_since} /> : words.value.none}
				</Figure>
				<Figure name={w.urgent}>{board.urgent}</Figure>
				<Figure name={w.online}>{w.ofAgents(online, board.agents.length)}</Figure>
			</dl>
			<div class="board-columns">
				<Agents agents={board.agents} />
				<div>
					<Cases title={w.escalated} none={w.noneEscalated} cases={board.escalated} />
					<Promises promises={board.promises} />
					<Teams teams={board.teams} />
				</div>
			</div>
		</>
	);
}

function Figure({ name: title, children }: { name: string; children: ComponentChildren }) {
	return (
		<div class="figure">
			<dt>{title}</dt>
			<dd>{children}</dd>
		</div>
	);
}

function Agents({ agents }: { agents: Seat[] }) {
	const w = words.value;
	return (
		<section class="block" aria-labelledby="board-agents">
			<h3 id="board-agents">{w.board.agents}</h3>
			<ul class="seats">
				{agents.map((seat) => (
					<li key={seat.id} class="seat">
						<p class="seat-head">
							<strong>{seat.name}</strong>
							<Presence of={seat.presence} />
							<span class="seat-load">
								{w.board.load}: {w.board.ofCapacity(seat.load, seat.capacity)}
							</span>
							{seat.worked_at && (
								<span class="hint">
									{w.board.idle}: <Elapsed since={seat.worked_at} />
								</span>
							)}
						</p>
						<Takes seat={seat} />
					</li>
				))}
			</ul>
		</section>
	);
}

function Cases({ title, none, cases }: { title: string; none: string; cases: Summary[] }) {
	return (
		<section class="block" aria-label={title}>
			<h3>{title}</h3>
			{cases.length === 0 && <p class="hint">{none}</p>}
			<ul class="lines">
				{cases.map((summary) => (
					<li key={summary.id}>
						<CaseLink summary={summary} />
						<span class="hint">
							<Elapsed since={summary.queued_at ?? summary.waiting_since ?? summary.last_at} />
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function Promises({ promises }: { promises: Board["promises"] }) {
	const w = words.value.board;
	return (
		<section class="block" aria-label={w.promises}>
			<h3>{w.promises}</h3>
			{promises.length === 0 && <p class="hint">{w.nonePromised}</p>}
			<ul class="lines">
				{promises.map(({ kind, due, summary }) => (
					<li key={`${summary.id} ${due}`}>
						<CaseLink summary={summary} />
						<span class="hint">
							{wordFor(w.kinds, kind)}
							{summary.agent && ` · ${summary.agent.name}`}
						</span>
						<Due at={due} />
					</li>
				))}
			</ul>
		</section>
	);
}

function Teams({ teams }: { teams: Board["teams"] }) {
	const t = strings.value;
	const w = words.value;
	return (
		<section class="block" aria-label={w.board.teams}>
			<h3>{w.board.teams}</h3>
			{teams.length === 0 && <p class="hint">{w.board.nobody}</p>}
			<ul class="lines">
				{teams.map(({ team, waiting, longest_since: since }) => (
					<li key={team}>
						<span>{team ? teamName(t, team) : w.noTeam}</span>
						<strong>{waiting}</strong>
						<span class="hint">
							<Elapsed since={since} />
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}

/** To the case itself: there it can be looked at live, and moved. */
function CaseLink({ summary }: { summary: Summary }) {
	const t = strings.value;
	const view = summary.owner === "queue" ? "waiting" : summary.owner === "closed" ? "resolved" : "team";
	const about = summary.reasons[0] ? wordFor(t.reasons, summary.reasons[0]) : "";
	return (
		<a href={hrefOf({ view, conversation: summary.id })}>
			{name(t, summary)}
			{about && ` · ${about}`}
		</a>
	);
}

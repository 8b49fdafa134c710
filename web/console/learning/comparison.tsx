import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { duration } from "../i18n/format";
import { hrefOf } from "../page/route";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import { words } from "./i18n";
import { TURNED_AWAY } from "./messages";
import type { Answer, Difference, Gate, RunDetail } from "./wire";

/** A model beside the one that it was compared with: every figure that moved, every answer that would be another. */
export function Comparison({ run }: { run: string }) {
	const { desk } = useConsole();
	const t = strings.value;
	const w = words.value.models;
	const detail = useLoaded(() => desk.api.read<RunDetail>(`/learning/runs/${run}`));
	return (
		<Show from={detail}>
			{({ report, diff }) => (
				<div class="comparison">
					{report && (
						<>
							<Gates gates={report.gates} id={run} />
							<Differences differences={report.differences} turns={report.turns} />
							<p class="hint">
								{w.seconds(duration(t, report.seconds.training * 1000), duration(t, report.seconds.measuring * 1000))}
							</p>
						</>
					)}
					<details>
						<summary>{w.diff}</summary>
						<pre class="file" tabIndex={0} aria-label={w.diff}>
							{diff}
						</pre>
					</details>
				</div>
			)}
		</Show>
	);
}

function Gates({ gates, id }: { gates: Gate[]; id: string }) {
	const w = words.value.models;
	const lowered = gates.filter((gate) => gate.lowered).length;
	const moved = gates.filter((gate) => gate.lowered || gate.change !== 0);
	const weight = (gate: Gate) => (gate.lowered ? 2 : gate.told ? 1 : 0);
	const single = ({ name }: Gate) => Number(name.startsWith("intent."));
	const sorted = moved.toSorted((a, b) => weight(b) - weight(a) || single(a) - single(b) || a.change - b.change);
	return (
		<div class="compared">
			<h4>{w.gates}</h4>
			<p class={lowered > 0 ? "run-message" : ""}>
				{lowered > 0 ? w.someLowered(lowered, gates.length) : w.allHeld(gates.length)}
			</p>
			<p class="hint">{w.gatesHint}</p>
			{sorted.length > 0 && (
				<section class="table-frame" tabIndex={0} aria-label={`${w.gates}, ${w.run(id)}`}>
					<table class="gates">
						<caption class="hint">{w.onlyMoved}</caption>
						<thead>
							<tr>
								<th scope="col">{w.figure}</th>
								<th scope="col">{w.before}</th>
								<th scope="col">{w.after}</th>
								<th scope="col">{w.change}</th>
								<th scope="col">{w.of}</th>
							</tr>
						</thead>
						<tbody>
							{sorted.map((gate) => (
								<GateRow key={gate.name} gate={gate} />
							))}
						</tbody>
					</table>
				</section>
			)}
		</div>
	);
}

function GateRow({ gate }: { gate: Gate }) {
	const t = strings.value;
	const w = words.value.models;
	const number = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
	const signed = new Intl.NumberFormat(t.locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
	const points = (share: number) => signed.format(share * 100);
	return (
		<tr class={gate.lowered ? "lowered" : ""}>
			<th scope="row">
				{gateName(gate.name)} {gate.lowered && <span class="chip run-refused">{w.fell}</span>}
				{gate.told && <span class="chip">{w.told}</span>}
			</th>
			<td>{number.format(gate.before * 100)} %</td>
			<td>{number.format(gate.after * 100)} %</td>
			<td>
				{points(gate.change)} ({points(gate.low)} … {points(gate.high)})
			</td>
			<td>{gate.n}</td>
		</tr>
	);
}

/** "fi.accuracy" → "Finnish: understood"; "intent.return_item" → "Matter: return". */
function gateName(name: string): string {
	const t = strings.value;
	const { models: w, intent } = words.value;
	const [part = "", kind = ""] = name.split(".");
	if (part === "intent") return `${intent}: ${wordFor(t.intents, kind)}`;
	return `${wordFor(w.parts, part)}: ${wordFor(w.kinds, kind)}`;
}

function Differences({ differences, turns }: { differences: Difference[]; turns: number }) {
	const w = words.value.models;
	const order = ["worse", "better", "changed"];
	const sorted = differences.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
	return (
		<div class="compared">
			<h4>{w.differences}</h4>
			<p>{w.differ(differences.length, turns)}</p>
			<ul class="differences">
				{sorted.map((one) => (
					<li key={`${one.conversation} ${one.seq}`} class="difference">
						<p>
							<span class={`chip verdict-${one.verdict}`}>{wordFor(w.verdicts, one.verdict)}</span>{" "}
							<strong>{one.text}</strong> <a href={hrefOf({ conversation: one.conversation })}>{words.value.toCase}</a>
						</p>
						<dl class="answers">
							<AnswerOf title={w.old} answer={one.before} />
							<AnswerOf title={w.new} answer={one.after} />
						</dl>
					</li>
				))}
			</ul>
		</div>
	);
}

function AnswerOf({ title, answer }: { title: string; answer: Answer }) {
	const t = strings.value;
	return (
		<div>
			<dt>
				{title}: {TURNED_AWAY.has(answer.intent) ? words.value.turnedAway : wordFor(t.intents, answer.intent)}
			</dt>
			<dd>{answer.said || words.value.models.silent}</dd>
		</div>
	);
}

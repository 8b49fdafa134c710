import { useSignal } from "@preact/signals";
import { ApiError } from "../desk/api";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { moment } from "../i18n/format";
import { now } from "../page/clock";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import { Comparison } from "./comparison";
import { Doubts } from "./doubts";
import { words } from "./i18n";
import type { OddLabel, Run, Runs } from "./wire";
import "./learning.css";

const LOOK_AGAIN_MS = 4_000;

/** What the labels would change, and the models made from them: compared, released, taken back. */
export function ModelsPage() {
	const { desk, ui } = useConsole();
	const runs = useLoaded(() => desk.api.read<Runs>("/learning/runs"), LOOK_AGAIN_MS);
	const busy = useSignal(false);
	const w = words.value.models;

	async function ask(path: string, body: object, done: string): Promise<void> {
		if (busy.peek()) return;
		busy.value = true;
		try {
			await desk.api.save(path, body);
			ui.toast("good", done);
		} catch (error) {
			ui.toast("bad", error instanceof ApiError && error.message ? error.message : words.peek().notSaved);
		} finally {
			busy.value = false;
			runs.again();
		}
	}
	return (
		<Show from={runs}>
			{(all) => (
				<>
					<Ready
						all={all}
						busy={busy.value}
						onTrain={() => void ask("/learning/runs", {}, w.started)}
						onTakeBack={({ conversation, seq }) =>
							void ask("/learning/label", { items: [[conversation, seq]], label: null }, w.takenBack)
						}
					/>
					<section class="block" aria-labelledby="models">
						<h3 id="models">{w.runs}</h3>
						{all.runs.length === 0 && <p class="hint">{w.noRuns}</p>}
						<ol class="runs">
							{all.runs.map((run) => (
								<RunItem
									key={run.run}
									run={run}
									onDecide={(what, done) => void ask(`/learning/runs/${run.run}`, { what }, done)}
								/>
							))}
						</ol>
					</section>
				</>
			)}
		</Show>
	);
}

interface ReadyProps {
	all: Runs;
	busy: boolean;
	onTrain: () => void;
	onTakeBack: (label: OddLabel) => void;
}

function Ready({ all, busy, onTrain, onTakeBack }: ReadyProps) {
	const w = words.value.models;
	const { added, files, left_out: left } = all.ready;
	const active = all.runs.some(({ state }) => state === "training" || state === "measuring");
	return (
		<section class="block" aria-labelledby="ready">
			<h3 id="ready">{w.ready}</h3>
			<p>{added > 0 ? w.adds(added, files.length) : w.addsNothing}</p>
			{left.length > 0 && (
				<details>
					<summary>{w.leftOut(left.length)}</summary>
					<ul class="lines">
						{left.map(({ text, value, why }) => (
							<li key={`${text} ${value}`}>
								<span>{text}</span>
								<span class="hint">{wordFor(w.why, why)}</span>
							</li>
						))}
					</ul>
				</details>
			)}
			<Doubts ready={all.ready} busy={busy} onTakeBack={onTakeBack} />
			{added > 0 && (
				<p class="lesson-ways">
					{!active && !all.ready.doubtful && (
						<button type="button" class="button primary" aria-busy={busy} onClick={onTrain}>
							{w.train}
						</button>
					)}
					<a class="button" href="/api/console/learning/change.diff" download="change.diff">
						{w.download}
					</a>
				</p>
			)}
			{!all.can_start && <p class="hint">{w.byHand}</p>}
		</section>
	);
}

interface ItemProps {
	run: Run;
	onDecide: (what: "release" | "undo" | "discard", done: string) => void;
}

function RunItem({ run, onDecide }: ItemProps) {
	const t = strings.value;
	const w = words.value.models;
	const open = useSignal(run.state === "passed" || run.state === "refused");
	const compared = !["waiting", "training", "measuring", "failed"].includes(run.state);
	return (
		<li class="run">
			<p class="seat-head">
				<strong>{w.run(run.run)}</strong>
				<span class={`chip run-${run.state}`}>{w.states[run.state]}</span>
				<span class="hint">
					{w.labels(run.labels)}
					{run.at && ` · ${moment(t, run.at, now.value)}`}
				</span>
			</p>
			{run.message && run.state !== "released" && <p class="run-message">{run.message}</p>}
			<p class="lesson-ways">
				{run.state === "passed" || run.state === "taken_back" ? (
					<button type="button" class="button primary" onClick={() => onDecide("release", w.released)}>
						{w.release}
					</button>
				) : null}
				{run.state === "released" && (
					<button type="button" class="button" onClick={() => onDecide("undo", w.undone)}>
						{w.undo}
					</button>
				)}
				{compared && run.state !== "discarded" && run.state !== "released" && (
					<button type="button" class="button" onClick={() => onDecide("discard", w.discarded)}>
						{w.discard}
					</button>
				)}
				{compared && (
					<button
						type="button"
						class="button"
						aria-expanded={open.value}
						aria-label={`${open.value ? w.hide : w.show}: ${w.run(run.run)}`}
						onClick={() => {
							open.value = !open.value;
						}}
					>
						{open.value ? w.hide : w.show}
					</button>
				)}
			</p>
			{compared && open.value && <Comparison run={run.run} />}
		</li>
	);
}

import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { strings } from "../i18n";
import { date } from "../i18n/format";
import { Behind } from "./behind";
import { Chart } from "./chart";
import type { Shared } from "./group";
import { words } from "./i18n";
import { euros, number, percent, sentence, shown } from "./values";
import type { Figure } from "./wire";

interface Props extends Shared {
	figure: Figure;
}

/** One figure whole: what it says, its days or keys as a chart and a table, what it means, its conversations. */
export function Panel({ figure, overview, definitions, asked, called }: Props) {
	const t = strings.value;
	const w = words.value;
	const behind = useSignal<{ key: string | null } | null>(null);
	const { name = figure.name, what = "" } = definitions.figures[figure.name] ?? {};
	const keyName = called(figure.name);
	return (
		<div class="block figure-panel">
			<p class="figure-sentence">{sentence(t, w, name, figure, overview.days, keyName)}</p>
			<details class="what">
				<summary>{w.definition}</summary>
				<p>{what}</p>
			</details>
			{figure.days && <Days figure={figure} name={name} days={overview.days} />}
			{figure.keys && (
				<Keys
					figure={figure}
					name={name}
					called={keyName}
					onOpen={(key) => {
						behind.value = { key };
					}}
				/>
			)}
			{!behind.value && (
				<button
					type="button"
					class="button"
					onClick={() => {
						behind.value = { key: null };
					}}
				>
					{w.conversations}
				</button>
			)}
			{behind.value && (
				<Behind
					key={behind.value.key}
					figure={figure.name}
					of={behind.value.key}
					title={behind.value.key === null ? name : `${name}, ${keyName(behind.value.key)}`}
					asked={asked}
					called={called}
					onClose={() => {
						behind.value = null;
					}}
				/>
			)}
		</div>
	);
}

function Days({ figure, name, days }: { figure: Figure; name: string; days: string[] }) {
	const t = strings.value;
	const w = words.value;
	const values = figure.days ?? [];
	const names = useMemo(() => days.map((day) => date(t, day)), [days, t]);
	const format = (value: number) => (figure.kind === "share" ? percent(t, value, 0) : shown(t, w, figure.kind, value));
	return (
		<>
			{days.length > 1 && (
				<Chart
					label={w.chart(name, w.units[figure.kind] ?? "")}
					names={names}
					values={values}
					format={figure.kind === "count" ? (value) => number(t, value, 1) : format}
				/>
			)}
			<details>
				<summary>{w.table}</summary>
				<section class="scrolls" tabIndex={0} aria-label={name}>
					<table class="numbers">
						<caption class="sr">{name}</caption>
						<thead>
							<tr>
								<th scope="col">{w.day}</th>
								<th scope="col">{w.value}</th>
							</tr>
						</thead>
						<tbody>
							{days.map((day, at) => (
								<tr key={day}>
									<th scope="row">{names[at]}</th>
									<td>{shown(t, w, figure.kind, values[at] ?? null)}</td>
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</>
	);
}

interface KeysProps {
	figure: Figure;
	name: string;
	called: (key: string) => string;
	onOpen: (key: string) => void;
}

/** A list by its keys: a table whose bars are for the eye alone. */
function Keys({ figure, name, called, onOpen }: KeysProps) {
	const t = strings.value;
	const w = words.value;
	const keys = figure.keys ?? [];
	const total = figure.value || 1;
	const largest = Math.max(1, ...keys.map(({ n }) => n));
	const amount = (n: number) => (figure.kind === "money" ? euros(t, n) : number(t, n));
	if (keys.length === 0) return null;
	return (
		<table class="numbers keys">
			<caption class="sr">{name}</caption>
			<thead>
				<tr>
					<th scope="col">{name}</th>
					<th scope="col">{figure.kind === "money" ? w.sum : w.count}</th>
					<th scope="col">{w.share}</th>
				</tr>
			</thead>
			<tbody>
				{keys.map(({ key, n }) => (
					<tr key={key}>
						<th scope="row">
							<button type="button" class="link" onClick={() => onOpen(key)}>
								{called(key)}
							</button>
							<meter class="bar" aria-hidden="true" value={n} max={largest} />
						</th>
						<td>{amount(n)}</td>
						<td>{percent(t, n / total, 0)}</td>
					</tr>
				))}
			</tbody>
			{figure.others && figure.others.keys > 0 && (
				<tfoot>
					<tr>
						<td colSpan={3}>{w.others(figure.others.keys, amount(figure.others.n))}</td>
					</tr>
				</tfoot>
			)}
		</table>
	);
}

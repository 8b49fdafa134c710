import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Icon } from "../components/icons";
import { strings } from "../i18n";
import { date, duration } from "../i18n/format";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import { Behind } from "./behind";
import { Chart } from "./chart";
import { words } from "./i18n";
import { lastDays } from "./period";
import { number, percent } from "./values";
import type { Outlook } from "./wire";

interface Props {
	called: (figure: string) => (key: string) => string;
}

const EVERY_MS = 5 * 60_000;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** What is out of the ordinary, and what lies ahead. */
export function OutlookPart({ called }: Props) {
	const { desk } = useConsole();
	const outlook = useLoaded(() => desk.api.figures<Outlook>("/outlook"), EVERY_MS);
	return (
		<Show from={outlook}>
			{({ surges, forecast }) => (
				<>
					<Surges surges={surges} called={called} />
					<Forecast forecast={forecast} />
				</>
			)}
		</Show>
	);
}

function Surges({ surges, called }: { surges: Outlook["surges"] } & Props) {
	const w = words.value;
	return (
		<section class="block" aria-labelledby="surges">
			<h3 id="surges">{w.surges}</h3>
			{surges.length === 0 && <p class="hint">{w.quiet}</p>}
			{surges.map((surge) => (
				<Alarm key={`${surge.figure} ${surge.key}`} surge={surge} called={called} />
			))}
		</section>
	);
}

/** One alarm, and the conversations that it is made of. */
function Alarm({ surge, called }: { surge: Outlook["surges"][number] } & Props) {
	const t = strings.value;
	const w = words.value;
	const open = useSignal(false);
	const { figure, key, since, n, usual, factor } = surge;
	const name = called(figure)(key);
	return (
		<div class="alarm">
			<p class="banner">
				<Icon name="urgent" />{" "}
				<span>
					<strong>{w.surge(name, number(t, factor, 1), date(t, since))}</strong>{" "}
					{w.surgeCounts(number(t, n), number(t, usual, 1))}
				</span>
				{!open.value && (
					<button
						type="button"
						class="button"
						aria-label={`${w.conversations}: ${name}`}
						onClick={() => {
							open.value = true;
						}}
					>
						{w.conversations}
					</button>
				)}
			</p>
			{open.value && (
				<Behind
					figure={figure}
					of={key}
					title={name}
					asked={{ since, until: lastDays(1, Date.now()).until, of: null, by: null }}
					called={called}
					onClose={() => {
						open.value = false;
					}}
				/>
			)}
		</div>
	);
}

function Forecast({ forecast }: { forecast: Outlook["forecast"] }) {
	const t = strings.value;
	const w = words.value;
	const { days, errors } = forecast;
	const hours = useMemo(() => days.flatMap(({ conversations }) => conversations), [days]);
	const names = useMemo(
		() => days.flatMap(({ day }) => Array.from({ length: 24 }, (_, hour) => (hour ? w.hour(hour) : date(t, day)))),
		[days, t, w],
	);
	if (sum(hours) === 0) {
		return (
			<section class="block" aria-labelledby="forecast">
				<h3 id="forecast">{w.forecast}</h3>
				<p class="hint">{w.forecastNothing}</p>
			</section>
		);
	}
	const cases = days.flatMap((day) => day.cases);
	const busiest = cases.indexOf(Math.max(...cases));
	const when = `${date(t, days[Math.floor(busiest / 24)]?.day ?? "")} ${w.hour(busiest % 24)}`;
	const agents = days.flatMap((day) => day.agents)[busiest] ?? 0;
	const { ours, plain } = errors.conversations;
	return (
		<section class="block" aria-labelledby="forecast">
			<h3 id="forecast">{w.forecast}</h3>
			<p class="figure-sentence">{w.forecastSays(number(t, sum(hours)), number(t, sum(cases)), when, agents)}</p>
			<p class="hint">
				{ours === null || plain === null ? w.errorUnknown : w.error(percent(t, ours, 0), percent(t, plain, 0))}{" "}
				{forecast.handling_seconds > 0 &&
					w.handling(duration(t, forecast.handling_seconds * 1_000), number(t, forecast.at_a_time, 1))}
			</p>
			<Chart
				label={w.chart(w.expected, w.byHour)}
				names={names}
				values={hours}
				format={(value) => number(t, value, 1)}
				steps={[24, 48, 168]}
			/>
			<ForecastTable days={days} />
		</section>
	);
}

function ForecastTable({ days }: { days: Outlook["forecast"]["days"] }) {
	const t = strings.value;
	const w = words.value;
	return (
		<>
			<table class="numbers">
				<caption class="sr">{w.forecast}</caption>
				<thead>
					<tr>
						<th scope="col">{w.day}</th>
						<th scope="col">{w.expected}</th>
						<th scope="col">{w.cases}</th>
						<th scope="col">{w.agentsAtMost}</th>
					</tr>
				</thead>
				<tbody>
					{days.map(({ day, holiday, conversations, cases, agents }) => (
						<tr key={day}>
							<th scope="row">
								<span class="day">{date(t, day)}</span> {holiday && <span class="hint">({w.holiday(holiday)})</span>}
							</th>
							<td>{number(t, sum(conversations))}</td>
							<td>{number(t, sum(cases))}</td>
							<td>{Math.max(...agents)}</td>
						</tr>
					))}
				</tbody>
			</table>
			<details>
				<summary>
					{w.byHour}: {w.agents.toLowerCase()}
				</summary>
				<section class="scrolls" tabIndex={0} aria-label={w.byHour}>
					<table class="numbers">
						<caption class="sr">{`${w.byHour}: ${w.agents}`}</caption>
						<thead>
							<tr>
								<th scope="col">{w.byHour}</th>
								{days.map(({ day }) => (
									<th key={day} scope="col">
										{date(t, day)}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{Array.from({ length: 24 }, (_, hour) => (
								<tr key={hour}>
									<th scope="row">{w.hour(hour)}</th>
									{days.map(({ day, agents }) => (
										<td key={day}>{agents[hour]}</td>
									))}
								</tr>
							))}
						</tbody>
					</table>
				</section>
			</details>
		</>
	);
}

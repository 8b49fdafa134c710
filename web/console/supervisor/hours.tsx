import { strings } from "../i18n";
import { date, list, moment } from "../i18n/format";
import { now } from "../page/clock";
import { teamName } from "../page/names";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import { Show, useLoaded } from "./loaded";
import type { Hours } from "./wire";

/** When people are at work: the shop, and teams with hours of their own, for two weeks. */
export function HoursPage() {
	const { desk } = useConsole();
	const hours = useLoaded(() => desk.api.read<{ hours: Hours[] }>("/hours"));
	return (
		<Show from={hours}>
			{({ hours: all }) => (
				<>
					<p class="hint">{words.value.hours.source}</p>
					<div class="calendars">
						{all.map((each) => (
							<Calendar key={each.team} hours={each} />
						))}
					</div>
				</>
			)}
		</Show>
	);
}

function Calendar({ hours }: { hours: Hours }) {
	const t = strings.value;
	const w = words.value;
	const title = hours.team ? teamName(t, hours.team) : w.everyShop;
	return (
		<section class="block" aria-label={title}>
			<h3>{title}</h3>
			<p>{state(hours)}</p>
			<table class="days">
				<caption class="sr">{title}</caption>
				<tbody>
					{hours.days.map(({ on, spans, holiday, exception }) => (
						<tr key={on}>
							<th scope="row">{date(t, on)}</th>
							<td>
								{spans.length > 0
									? list(
											t,
											spans.map(([from, to]) => `${from}–${to === "00:00" ? "24:00" : to}`),
										)
									: w.hours.closed}{" "}
								{holiday && <span class="chip">{holiday}</span>}
								{exception && <span class="chip warm">{w.hours.exception}</span>}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function state({ open, closes_at: closes, opens_at: opens }: Hours): string {
	const t = strings.value;
	const w = words.value.hours;
	if (open) return closes ? w.openUntil(moment(t, closes, now.peek())) : w.openAlways;
	return opens ? w.closedUntil(moment(t, opens, now.peek())) : w.closed;
}

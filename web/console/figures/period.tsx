import type { Signal } from "@preact/signals";
import { strings } from "../i18n";
import { dateOf } from "../i18n/zone";
import { words } from "./i18n";
import { type Asked, DIMENSIONS, type Dimension, queryOf } from "./wire";

const LENGTHS = [7, 28, 91, 365];
const DAY = 86_400_000;

/** The last so many days, today included. */
export function lastDays(length: number, now: number): Pick<Asked, "since" | "until"> {
	return { since: dateOf(now - (length - 1) * DAY), until: dateOf(now) };
}

interface Props {
	asked: Signal<Asked>;
	called: (dimension: Dimension) => (value: string) => string;
}

/** Which days, of what, and compared by what. */
export function Period({ asked, called }: Props) {
	const w = words.value;
	const { since, until, of, by } = asked.value;
	const set = (change: Partial<Asked>) => {
		asked.value = { ...asked.peek(), ...change };
	};
	return (
		<div class="period">
			<fieldset class="period-lengths">
				<legend class="sr">{w.period}</legend>
				{LENGTHS.map((length) => {
					const span = lastDays(length, Date.now());
					const on = span.since === since && span.until === until;
					return (
						<button key={length} type="button" class="button" aria-pressed={on} onClick={() => set(span)}>
							{w.lastDays(length)}
						</button>
					);
				})}
			</fieldset>
			<Day label={w.since} value={since} most={until} onChange={(day) => set({ since: day })} />
			<Day label={w.until} value={until} least={since} onChange={(day) => set({ until: day })} />
			<label class="field">
				<span>{w.compare}</span>
				<select
					value={by ?? ""}
					onChange={(event) => set({ by: (event.currentTarget.value || null) as Dimension | null })}
				>
					<option value="">{w.nothing}</option>
					{DIMENSIONS.map((dimension) => (
						<option key={dimension} value={dimension}>
							{w.dimensions[dimension]}
						</option>
					))}
				</select>
			</label>
			{of && (
				<p class="only">
					<strong>{w.only(`${w.dimensions[of.dimension].toLowerCase()}: ${called(of.dimension)(of.value)}`)}</strong>
					<button type="button" class="button" onClick={() => set({ of: null })}>
						{w.everything}
					</button>
				</p>
			)}
			<a class="button" href={`/api/figures.csv${queryOf({ ...asked.value, by: null })}`} download>
				{w.download}
			</a>
		</div>
	);
}

interface DayProps {
	label: string;
	value: string;
	least?: string;
	most?: string;
	onChange: (day: string) => void;
}

function Day({ label, value, least, most, onChange }: DayProps) {
	const t = strings.value;
	return (
		<label class="field">
			<span>{label}</span>
			<input
				type="date"
				lang={t.locale}
				value={value}
				min={least}
				max={most}
				required
				onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
			/>
		</label>
	);
}

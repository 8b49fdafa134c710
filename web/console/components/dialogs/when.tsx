import { useSignal } from "@preact/signals";
import { strings } from "../../i18n";
import { moment } from "../../i18n/format";
import { fromWallTime, wallTime, zoneBeside } from "../../i18n/zone";
import { Problem } from "./actionform";

const HOUR = 3_600_000;
type Preset = "inOneHour" | "inThreeHours" | "tomorrowMorning" | "tomorrowNoon" | "nextMonday";

/** The moment of each preset, counted from now, by the shop's clock. */
export function presets(now: number): Record<Preset, number> {
	const wall = wallTime(now);
	const at = (days: number, hour: number) =>
		fromWallTime(new Date(wall.getTime() + days * 24 * HOUR).setUTCHours(hour, 0, 0, 0));
	const toMonday = (8 - wall.getUTCDay()) % 7 || 7;
	return {
		inOneHour: now + HOUR,
		inThreeHours: now + 3 * HOUR,
		tomorrowMorning: at(1, 9),
		tomorrowNoon: at(1, 12),
		nextMonday: at(toMonday, 9),
	};
}

/** A time to come: one of the usual ones, or one's own. */
export function WhenField({ label, problem }: { label: string; problem: string | null }) {
	const t = strings.value;
	const now = Date.now();
	const own = useSignal(false);
	const choose = (value: boolean) => () => {
		own.value = value;
	};
	return (
		<fieldset class="choices">
			<legend>
				{label}
				{zoneBeside(now)}
			</legend>
			{(Object.entries(presets(now)) as [Preset, number][]).map(([preset, at], index) => (
				<label key={preset} class="choice">
					<input type="radio" name="when" value={at} defaultChecked={index === 2} onChange={choose(false)} />
					{t.dialog[preset]}
					{index < 2 && <span class="hint"> {moment(t, at, now)}</span>}
				</label>
			))}
			<label class="choice">
				<input type="radio" name="when" value="own" onChange={choose(true)} />
				{t.dialog.ownTime}
			</label>
			{own.value && (
				<input
					class="own-time"
					type="datetime-local"
					name="own"
					aria-label={t.dialog.ownTime}
					min={localValue(now)}
					defaultValue={localValue(now + HOUR)}
					aria-invalid={problem !== null}
				/>
			)}
			<Problem text={problem} />
		</fieldset>
	);
}

/** The chosen moment, or null when it is none or past. */
export function momentOf(data: FormData, now = Date.now()): number | null {
	const chosen = data.get("when");
	const at = chosen === "own" ? fromWallTime(Date.parse(`${data.get("own")}Z`)) : Number(chosen);
	return at > now ? at : null;
}

/** As `datetime-local` wants it: the shop's clock, without zone. */
function localValue(at: number): string {
	return wallTime(at).toISOString().slice(0, 16);
}

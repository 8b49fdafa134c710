/** Small parts that several pages show alike. */
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { list } from "../i18n/format";
import { teamName } from "../page/names";
import { words } from "./i18n";
import type { Seat } from "./wire";

export function Presence({ of }: { of: Seat["presence"] }) {
	const t = strings.value;
	return (
		<span class="presence-words">
			<span class={`presence ${of}`} aria-hidden="true" /> {of === "offline" ? t.floor.offline : t.presence[of]}
		</span>
	);
}

/** What an agent takes; nothing named means everything. */
export function Takes({ seat }: { seat: Seat }) {
	const t = strings.value;
	const w = words.value;
	const of = (items: readonly string[], word: (item: string) => string) =>
		items.length > 0 ? list(t, items.map(word)) : w.all;
	return (
		<dl class="takes">
			<div>
				<dt>{w.staff.languages}</dt>
				<dd>{of(seat.languages, (code) => wordFor(t.languages, code))}</dd>
			</div>
			<div>
				<dt>{w.staff.teams}</dt>
				<dd>{of(seat.teams, (id) => teamName(t, id))}</dd>
			</div>
			<div>
				<dt>{w.staff.skills}</dt>
				<dd>{of(seat.skills, (skill) => wordFor(t.floor.skills, skill))}</dd>
			</div>
		</dl>
	);
}

import { useSignal } from "@preact/signals";
import { strings } from "../i18n";
import { words } from "./i18n";
import { Panel } from "./panel";
import { change, number, percent, shown } from "./values";
import type { Asked, Definitions, Figure, Overview } from "./wire";

export interface Shared {
	overview: Overview;
	definitions: Definitions;
	asked: Asked;
	called: (figure: string) => (key: string) => string;
}

interface Props extends Shared {
	group: string;
	figures: Figure[];
}

/** A question that the shop does not ask its customers is no figure; how well we helped is always one. */
function isWanted({ name, asked, before }: Figure): boolean {
	return asked !== 0 || before !== null || name.startsWith("csat_");
}

/** Figures that belong together: a tile each, and below them the one that was chosen, whole. */
export function Group({ group, figures, ...shared }: Props) {
	const chosen = useSignal<string | null>(group === "volume" ? (figures[0]?.name ?? null) : null);
	const figure = figures.find(({ name }) => name === chosen.value);
	const wanted = figures.filter(isWanted);
	return (
		<section class="figure-group" aria-labelledby={`group-${group}`}>
			<h3 id={`group-${group}`}>{shared.definitions.groups[group] ?? group}</h3>
			<ul class="tiles">
				{wanted.map((each) => (
					<li key={each.name}>
						<Tile
							figure={each}
							name={shared.definitions.figures[each.name]?.name ?? each.name}
							called={shared.called(each.name)}
							open={each === figure}
							onClick={() => {
								chosen.value = each === figure ? null : each.name;
							}}
						/>
					</li>
				))}
			</ul>
			{figure && <Panel key={figure.name} figure={figure} {...shared} />}
		</section>
	);
}

interface TileProps {
	figure: Figure;
	name: string;
	called: (key: string) => string;
	open: boolean;
	onClick: () => void;
}

function Tile({ figure, name, called, open, onClick }: TileProps) {
	const t = strings.value;
	const w = words.value;
	const changed = change(t, w, figure);
	const first = figure.kind === "list" ? figure.keys?.[0] : undefined;
	return (
		<button type="button" class="tile" aria-expanded={open} onClick={onClick}>
			<span class="tile-name">{name}</span>
			{first ? (
				<>
					<span class="tile-key">{called(first.key)}</span>
					<span class="tile-change">
						{w.ofAll(percent(t, first.n / (figure.value || 1), 0), number(t, figure.value ?? 0))}
					</span>
				</>
			) : (
				<span class="tile-value">{shown(t, w, figure.kind, figure.value)}</span>
			)}
			{changed && (
				<span class={`tile-change ${changed.good > 0 ? "good" : changed.good < 0 ? "bad" : ""}`}>
					<span aria-hidden="true">{changed.short}</span>
					<span class="sr">{changed.words}</span>
				</span>
			)}
		</button>
	);
}

import { strings } from "../i18n";
import { words } from "./i18n";
import { shown } from "./values";
import type { Definitions, Dimension, Kind, Overview } from "./wire";

/** Figures by which channels, languages, problems and teams are compared. */
const COLUMNS = [
	"conversations",
	"confirmed_of_all",
	"assumed_of_all",
	"handoff_rate",
	"wait",
	"in_target",
	"reopened",
	"csat_after_handoff",
];

interface Props {
	by: Dimension;
	overview: Overview;
	definitions: Definitions;
	called: (value: string) => string;
	onChoose: (value: string) => void;
}

/** Each value of a dimension beside the others; choosing one shows the whole page of it alone. */
export function Parts({ by, overview, definitions, called, onChoose }: Props) {
	const t = strings.value;
	const w = words.value;
	const kinds = new Map<string, Kind>(overview.figures.map(({ name, kind }) => [name, kind]));
	const title = w.parts(w.dimensions[by]);
	return (
		<section class="block" aria-labelledby="parts">
			<h3 id="parts">{title}</h3>
			<section class="scrolls" tabIndex={0} aria-label={w.table}>
				<table class="numbers">
					<thead>
						<tr>
							<th scope="col">{w.dimensions[by]}</th>
							{COLUMNS.map((name) => (
								<th key={name} scope="col">
									{definitions.figures[name]?.name ?? name}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{overview.parts?.map(({ value, figures }) => (
							<tr key={value}>
								<th scope="row">
									<button type="button" class="link" onClick={() => onChoose(value)}>
										{called(value)}
									</button>
								</th>
								{COLUMNS.map((name) => (
									<td key={name}>{shown(t, w, kinds.get(name) ?? "count", figures[name] ?? null)}</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</section>
	);
}

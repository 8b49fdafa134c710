import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";
import { teamName } from "../page/names";
import { useConsole } from "../page/ui";
import { words as supervisorWords } from "../supervisor/i18n";
import { Show, useLoaded } from "../supervisor/loaded";
import { Group } from "./group";
import { words } from "./i18n";
import { OutlookPart } from "./outlook";
import { Parts } from "./parts";
import { lastDays, Period } from "./period";
import { keyNamer } from "./values";
import { type Asked, type Definitions, type Overview, queryOf } from "./wire";
import "./figures.css";

/** What has happened, counted: by day, channel, language, problem and team. */
export function FiguresPage() {
	const { desk } = useConsole();
	const t = strings.value;
	const w = words.value;
	const asked = useSignal<Asked>({ ...lastDays(28, Date.now()), of: null, by: null });
	const definitions = useLoaded(() => desk.api.figures<Definitions>(`/definitions?locale=${strings.peek().locale}`));
	const overview = useLoaded(() => desk.api.figures<Overview>(queryOf(asked.peek())));
	useEffect(overview.again, [asked.value]);
	useEffect(definitions.again, [t.locale]);

	const kinds = supervisorWords.value.board.kinds;
	const names = overview.value.value?.names ?? {};
	const called = (figure: string) => keyNamer(t, w, figure, names, (id) => teamName(t, id), kinds);
	const { by } = asked.value;
	return (
		<div class="figures-page">
			<Period asked={asked} called={called} />
			<Show from={definitions}>
				{(said) => (
					<Show from={overview}>
						{(found) => (
							<>
								<OutlookPart called={called} />
								{by && found.parts && (
									<Parts
										by={by}
										overview={found}
										definitions={said}
										called={called(by)}
										onChoose={(value) => {
											asked.value = { ...asked.peek(), of: { dimension: by, value }, by: null };
										}}
									/>
								)}
								{found.groups.map((group) => (
									<Group
										key={group}
										group={group}
										figures={found.figures.filter((figure) => figure.group === group)}
										overview={found}
										definitions={said}
										asked={asked.value}
										called={called}
									/>
								))}
							</>
						)}
					</Show>
				)}
			</Show>
		</div>
	);
}

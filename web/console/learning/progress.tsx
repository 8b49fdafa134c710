import { words } from "./i18n";
import { modelsHref } from "./labels";
import type { Lessons } from "./wire";

interface Props {
	lessons: Lessons;
	at: number;
	onUndo: (() => void) | null;
}

/** How much is left, what is ready, and the way back. */
export function Progress({ lessons, at, onUndo }: Props) {
	const w = words.value;
	return (
		<div class="lesson-head">
			<p>
				<strong>{w.waiting(lessons.waiting)}</strong>
				{lessons.groups.length > 0 && <span class="hint"> · {w.place(at + 1, lessons.groups.length)}</span>}
			</p>
			<p class="lesson-ways">
				{onUndo && (
					<button type="button" class="button" aria-keyshortcuts="U" onClick={onUndo}>
						{w.undo}
					</button>
				)}
				{lessons.labelled > 0 && (
					<>
						<span class="hint">{w.labelled(lessons.labelled)}</span>
						<a class="button" href={modelsHref()}>
							{w.toModels}
						</a>
					</>
				)}
			</p>
		</div>
	);
}

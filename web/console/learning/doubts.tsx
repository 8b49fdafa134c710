import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { words } from "./i18n";
import type { OddLabel, Runs } from "./wire";

interface Props {
	ready: Runs["ready"];
	busy: boolean;
	onTakeBack: (label: OddLabel) => void;
}

/** Labels that look odd: each can be taken back, and waits for another then. */
export function Doubts({ ready, busy, onTakeBack }: Props) {
	const t = strings.value;
	const w = words.value.models;
	const called = (kind: string, value: string) => (kind === "intent" ? wordFor(t.intents, value) : value);
	if (ready.odd.length === 0) return null;
	return (
		<>
			{ready.doubtful && (
				<p class="run-message" role="alert">
					{w.doubtful}
				</p>
			)}
			<details open={ready.doubtful}>
				<summary>{w.odd(ready.odd.length)}</summary>
				<p class="hint">{w.oddHint}</p>
				<ul class="lines">
					{ready.odd.map((one) => (
						<li key={`${one.conversation} ${one.seq}`}>
							<span>{one.text}</span>
							<span class="hint">
								{w.labelledAs(
									called(one.kind, one.value),
									one.likelier.map((each) => called(one.kind, each)).join(", "),
								)}
							</span>
							<button
								type="button"
								class="button"
								aria-disabled={busy}
								aria-label={`${w.takeBack}: ${one.text}`}
								onClick={() => onTakeBack(one)}
							>
								{w.takeBack}
							</button>
						</li>
					))}
				</ul>
			</details>
		</>
	);
}

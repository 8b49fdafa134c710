import type { Packet } from "../../../shared/protocol";
import { type Strings, strings } from "../../i18n";

export type Level = "low" | "moderate" | "high";

export function levelOf(frustration: number): Level {
	if (frustration < 0.35) return "low";
	return frustration < 0.65 ? "moderate" : "high";
}

const BAR = 10;
const GAP = 4;
const HEIGHT = 36;
/** A calm message has a bar too: an empty place would look like a missing one. */
const FLOOR = 0.08;
/** The newest ones; older ones would make the bars thinner than can be seen. */
const SHOWN = 24;

/** How upset the customer was, message by message: bars for the eye, one sentence for everybody. */
export function Mood({ mood }: { mood: Packet["mood"] }) {
	const t = strings.value;
	const shown = mood.slice(-SHOWN);
	const width = shown.length * (BAR + GAP) - GAP;
	const text = sentence(
		t,
		shown.map(({ frustration }) => levelOf(frustration)),
	);
	return (
		<div class="mood">
			<svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={text}>
				{shown.map(({ seq, frustration }, index) => {
					const height = Math.max(FLOOR, Math.min(1, frustration)) * HEIGHT;
					return (
						<rect
							key={seq}
							class={levelOf(frustration)}
							x={index * (BAR + GAP)}
							y={HEIGHT - height}
							width={BAR}
							height={height}
							rx="2"
						>
							<title>{t.context.moodBar(index + 1, t.context[levelOf(frustration)])}</title>
						</rect>
					);
				})}
			</svg>
			<p aria-hidden="true">{text}</p>
		</div>
	);
}

function sentence(t: Strings, levels: readonly Level[]): string {
	return t.context.moodText(t.context[levels[0] ?? "low"], t.context[levels.at(-1) ?? "low"]);
}

import type { PromiseKind, Summary } from "../../../shared/protocol";
import { isMine } from "../../desk/permits";
import { refusalText } from "../../desk/refusal";
import { strings } from "../../i18n";
import { moment } from "../../i18n/format";
import { now } from "../../page/clock";
import { useConsole } from "../../page/ui";
import { Due } from "../elapsed";

/** A message keeps the others. */
const BY_HAND: readonly PromiseKind[] = ["call", "callback"];

/** What the customer was promised, counted down; a call that was made is kept by hand. */
export function Promised({ summary }: { summary: Summary }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const keep = async (promise: string) => {
		const refusal = await desk.ask({ type: "keep", conversation: summary.id, promise });
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	return (
		<ul class="promised">
			{summary.promises?.map(({ id, kind, due }) => (
				<li key={id}>
					<span>
						{t.context.promised[kind]}{" "}
						{summary.wish?.from && kind === "call" && `${moment(t, summary.wish.from, now.value)} – `}
						{moment(t, due, now.value)}
					</span>{" "}
					<Due at={due} />
					{isMine(summary, desk.me.value) && BY_HAND.includes(kind) && (
						<button type="button" class="button" onClick={() => keep(id)}>
							{t.context.kept}
						</button>
					)}
				</li>
			))}
		</ul>
	);
}

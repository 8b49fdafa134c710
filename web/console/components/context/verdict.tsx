import type { Entry, Summary, Verdict } from "../../../shared/protocol";
import { refusalText } from "../../desk/refusal";
import { strings } from "../../i18n";
import { useConsole } from "../../page/ui";

const VERDICTS: readonly Verdict[] = ["good", "not_needed", "wrong_team", "lacking", "undone"];

/** One tap: how good the handoff was. The figures count it; another tap changes it. */
export function HandoffVerdict({ summary, entries }: { summary: Summary; entries: readonly Entry[] }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const latest = entries.findLast(
		(entry) => entry.kind === "change" && entry.event === "HandoffJudged" && entry.data.case === summary.case,
	);
	const given = latest?.kind === "change" ? latest.data.verdict : undefined;
	const judge = async (verdict: Verdict) => {
		const refusal = await desk.ask({ type: "judge_handoff", conversation: summary.id, verdict });
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	return (
		<fieldset class="verdict">
			<legend class="term">{t.context.verdict.label}</legend>
			{VERDICTS.map((verdict) => (
				<button
					key={verdict}
					type="button"
					class="chip"
					aria-pressed={verdict === given}
					onClick={() => void judge(verdict)}
				>
					{t.context.verdict[verdict]}
				</button>
			))}
		</fieldset>
	);
}

import { useSignal } from "@preact/signals";
import type { ChangeEntry, Summary } from "../../../shared/protocol";
import { refusalText } from "../../desk/refusal";
import type { Thread } from "../../desk/thread";
import { strings } from "../../i18n";
import { useConsole } from "../../page/ui";
import { CommandButton, Keys, liveKeys } from "../button";
import { Icon } from "../icons";

/** The bot's answer that waits: it goes as it is, in other words, or the agent takes the conversation over. */
export function BotDraft({ summary, thread }: { summary: Summary; thread: Thread }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const drafted = thread.entries.findLast((entry) => entry.kind === "change" && entry.event === "AnswerDrafted") as
		| ChangeEntry
		| undefined;
	const original = drafted?.data.text ?? "";
	const text = useSignal<string | null>(null);
	const { draft } = summary;
	if (!draft || drafted?.data.turn !== draft.turn) return null;
	const send = async () => {
		const changed = text.value !== null && text.value.trim() !== original.trim() ? { text: text.value.trim() } : {};
		const refusal = await desk.ask({ type: "approve_answer", conversation: summary.id, turn: draft.turn, ...changed });
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	const [combo] = liveKeys("approve");
	return (
		<section class="bot-draft" aria-label={t.draft.title}>
			<p class="bot-draft-title">
				<Icon name="bot" />
				{t.draft.title}
			</p>
			{text.value === null ? (
				<p class="bot-draft-text" lang={summary.locale}>
					{original}
				</p>
			) : (
				<textarea
					rows={4}
					aria-label={t.draft.edit}
					lang={summary.locale}
					value={text.value}
					onInput={(event) => {
						text.value = event.currentTarget.value;
					}}
				/>
			)}
			<p class="deed-ways">
				<button
					type="button"
					class="button primary"
					aria-disabled={text.value?.trim() === ""}
					onClick={() => void send()}
				>
					{t.draft.send} {text.value === null && combo && <Keys combo={combo} />}
				</button>
				{text.value === null && (
					<button
						type="button"
						class="button"
						onClick={() => {
							text.value = original;
						}}
					>
						{t.draft.edit}
					</button>
				)}
				<CommandButton command="take_over">{t.draft.drop}</CommandButton>
			</p>
		</section>
	);
}

import { refusalText } from "../../desk/refusal";
import type { Pending } from "../../desk/thread";
import { strings } from "../../i18n";
import { draftOf, setDraft } from "../../page/drafts";
import { useConsole } from "../../page/ui";
import { Icon } from "../icons";
import { Text } from "../text";
import { Files } from "./files";

/** The agent's own words on their way to the desk, or refused by it. Nothing that was written is ever lost without a word. */
export function PendingItem({ pending, conversation }: { pending: Pending; conversation: string }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const { refused, kind, text } = pending;
	const edit = () => {
		desk.threads.discard(conversation, pending);
		const draft = draftOf(conversation, kind);
		setDraft(conversation, kind, draft ? `${text}\n\n${draft}` : text);
		ui.write(kind);
	};
	return (
		<article class={`entry pending ${kind === "note" ? "note" : "agent"}`} aria-label={desk.me.value.display_name}>
			<p class="entry-head">
				{kind === "note" && <Icon name="note" />}
				<span class="entry-author">{desk.me.value.display_name}</span>
				{kind === "note" && <span class="entry-role">{t.thread.note}</span>}
			</p>
			<div class="bubble">
				{text && <Text text={text} />}
				{pending.attachments && <Files files={pending.attachments} />}
			</div>
			{refused === null ? (
				<p class="entry-foot">
					<span class="delivery sending">
						<Icon name="clock" />
						{t.thread.delivery.sending}
					</span>
				</p>
			) : (
				<div class="refused" role="alert">
					<p>
						<Icon name="urgent" />
						<strong>{t.thread.delivery.unsent}.</strong> {refusalText(t, { code: refused, agent: null })}
					</p>
					<p class="refused-ways">
						<button type="button" class="link-button" onClick={() => desk.threads.retry(conversation, pending)}>
							{t.thread.retry}
						</button>
						<button type="button" class="link-button" onClick={edit}>
							{t.thread.edit}
						</button>
						<button type="button" class="link-button" onClick={() => desk.threads.discard(conversation, pending)}>
							{t.thread.discard}
						</button>
					</p>
				</div>
			)}
		</article>
	);
}

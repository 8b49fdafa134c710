import { useEffect } from "preact/hooks";
import type { Summary } from "../../../shared/protocol";
import { strings } from "../../i18n";
import { display } from "../../keys/combo";
import { hrefOf, route } from "../../page/route";
import { useConsole } from "../../page/ui";
import { CommandButton } from "../button";
import { Icon } from "../icons";
import { BotDraft } from "./botdraft";
import { Composer } from "./composer";
import { ThreadHeader } from "./header";
import { Log } from "./log";

/** The conversation in the middle; a word of help when none is chosen. */
export function ThreadPane() {
	const { desk } = useConsole();
	const { conversation } = route.value;
	const summary = desk.summary(conversation);

	useEffect(() => desk.threads.select(conversation), [desk, conversation]);
	useReadWhileVisible(summary);

	const thread = conversation ? desk.threads.get(conversation) : null;
	return (
		<section class="thread" aria-label={strings.value.thread.region}>
			{summary && thread ? (
				<>
					<ThreadHeader summary={summary} viewers={thread.viewers} />
					{thread.status === "failed" || thread.status === "gone" ? (
						<Opening conversation={summary.id} />
					) : (
						<Log key={summary.id} summary={summary} thread={thread} />
					)}
					{summary.draft && <BotDraft key={summary.draft.turn} summary={summary} thread={thread} />}
					<Composer key={`composer-${summary.id}`} summary={summary} />
				</>
			) : conversation ? (
				<Opening conversation={conversation} />
			) : (
				<Nothing />
			)}
		</section>
	);
}

function Nothing() {
	const t = strings.value;
	return (
		<div class="nothing">
			<Icon name="bubbles" />
			<p>{t.thread.none}</p>
			<p class="hint">{t.thread.noneHint(display("Mod+K"))}</p>
			<CommandButton command="claimNext" />
		</div>
	);
}

/** A conversation on its way here, or why it does not come. */
function Opening({ conversation }: { conversation: string }) {
	const { desk } = useConsole();
	const t = strings.value;
	const status = desk.threads.get(conversation)?.status ?? "loading";
	return (
		<div class="nothing" aria-busy={status === "loading"}>
			<p role="status">{status === "ready" ? t.thread.loading : t.thread[status]}</p>
			{status === "failed" && (
				<button type="button" class="button" onClick={() => desk.threads.fetch(conversation)}>
					{t.list.again}
				</button>
			)}
			<a class="link-button back" href={hrefOf({ conversation: null })}>
				{t.thread.back}
			</a>
		</div>
	);
}

/** What is on the screen of somebody who looks is read. */
function useReadWhileVisible(summary: Summary | null): void {
	const { desk } = useConsole();
	const id = summary?.id;
	const unread = summary?.unread;
	useEffect(() => {
		if (!id || !unread) return;
		const read = () => {
			if (document.visibilityState === "visible") desk.inbox.read(id);
		};
		read();
		document.addEventListener("visibilitychange", read);
		return () => document.removeEventListener("visibilitychange", read);
	}, [desk, id, unread]);
}

import type { Pending } from "../chat/pending";
import type { Strings } from "../i18n/strings";
import { Icon } from "./icons";
import type { OnScreen } from "./screen";

/** A message that the desk has not taken yet, or has refused; then the customer may send it again or change it. */
export function PendingMessage({ screen, pending }: OnScreen & { pending: Pending }) {
	const { chat } = screen;
	const { t } = screen.state;
	const { failure, command } = pending;
	const waiting = chat.state.offline ? t.delivery.waiting : t.delivery.sending;
	const edit = () => {
		chat.discard(command.id);
		screen.set({ returned: pending.text });
	};
	return (
		<article class={failure ? "message customer failed" : "message customer pending"}>
			<div class="bubble" part="bubble customer">
				<span class="unseen">{t.authors.customer}: </span>
				{pending.text}
			</div>
			{failure ? (
				<div class="failure">
					<p>
						<Icon name="failed" size={16} />
						{t.failures[failure as keyof Strings["failures"]] ?? t.failures.other}
					</p>
					{failure !== "too_long" && failure !== "not_possible" && (
						<button type="button" class="plain" onClick={() => chat.retry(pending)}>
							{t.retry}
						</button>
					)}
					{command.type === "write" && !command.attachments && (
						<button type="button" class="plain" onClick={edit}>
							{t.edit}
						</button>
					)}
				</div>
			) : (
				<p class="meta">
					<span class="tick" role="img" aria-label={waiting} title={waiting}>
						<Icon name="waiting" size={15} />
					</span>
				</p>
			)}
		</article>
	);
}

import type { OnScreen } from "./screen";

/** The customer's place in the queue, the expected wait, and the way back to the assistant. */
export default function QueueNotice({ screen }: OnScreen) {
	const { chat } = screen;
	const { t } = screen.state;
	const queue = chat.state.conversation?.queue;
	return (
		<div class="notice queue">
			<p>
				{queue ? <strong>{t.queuePlace(queue.place)}</strong> : t.queueNoPlace}{" "}
				{queue && t.queueWait(queue.from_minutes, queue.to_minutes)}
			</p>
			<button type="button" class="plain" disabled={chat.isUnderWay("leave_queue")} onClick={() => chat.leaveQueue()}>
				{t.leaveQueue}
			</button>
		</div>
	);
}

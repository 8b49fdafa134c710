import { lazily } from "./lazily";
import type { OnScreen } from "./screen";

const QueueNotice = lazily(() => import("./QueueNotice"));

/** What stands between the log and the composer. The screen's announcer reads it out, so nothing here is live. */
export function Notices({ screen }: OnScreen) {
	const { t } = screen.state;
	const { conversation, offline } = screen.chat.state;
	return (
		<>
			{conversation?.owner === "queue" && <QueueNotice screen={screen} />}
			{conversation?.owner === "hold" && <p class="notice">{t.hold}</p>}
			{offline && <p class="notice lost">{t.offline}</p>}
		</>
	);
}

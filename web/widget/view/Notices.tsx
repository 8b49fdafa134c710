import { lazily } from "./lazily";
import type { OnScreen } from "./screen";

const CaseNotice = lazily(() => import("./CaseNotice"));

/** What stands between the log and the composer. The screen's announcer reads it out, so nothing here is live. */
export function Notices({ screen }: OnScreen) {
	const { conversation, offline } = screen.chat.state;
	return (
		<>
			{conversation && (conversation.page || conversation.owner !== "bot") && <CaseNotice screen={screen} />}
			{offline && <p class="notice lost">{screen.state.t.offline}</p>}
		</>
	);
}

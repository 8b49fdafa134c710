import { lines } from "../chat/transcript";
import css from "../styles/lines.css?inline";
import { Entry } from "./Entry";
import { dayOf } from "./formats";
import { lazily } from "./lazily";
import { PendingMessage } from "./PendingMessage";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

const GoOn = lazily(() => import("./GoOn"));
const Survey = lazily(() => import("./Survey"));

/** What has been said, fetched when there is something: messages by day, who is typing, the survey at the end. */
export default function Lines({ screen }: OnScreen) {
	const { chat, state, root } = screen;
	const { t } = state;
	const { entries, pending, typing, conversation, rated } = chat.state;
	giveStyles(root, css);
	// After the answer there is no survey any more; its thanks stay until the conversation goes on.
	const survey = conversation?.survey?.case ?? (conversation?.owner === "closed" ? rated : null);
	return (
		<>
			{lines(entries, pending).map((line) => {
				switch (line.kind) {
					case "day":
						return (
							<p key={line.key} class="day">
								<span>{dayOf(line.at, state.lang)}</span>
							</p>
						);
					case "entry":
						return <Entry key={line.key} screen={screen} entry={line.entry} chosen={line.chosen} />;
					case "pending":
						return <PendingMessage key={line.key} screen={screen} pending={line.pending} />;
				}
			})}
			{typing && (
				<p class="typing">
					<span class="dots" aria-hidden="true">
						<i />
						<i />
						<i />
					</span>
					{t.typing(typing.name ?? t.authors[typing.role])}
				</p>
			)}
			{survey !== null && <Survey screen={screen} number={survey} />}
			{entries.length > 0 && chat.state.config?.go_on?.includes("telegram") && <GoOn screen={screen} />}
		</>
	);
}

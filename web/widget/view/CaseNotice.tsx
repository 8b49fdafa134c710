import { caseWords } from "../i18n/case";
import css from "../styles/case.css?inline";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

/** How the customer's case stands: place and wait, or what was chosen instead; and what the customer may keep of it. */
export default function CaseNotice({ screen }: OnScreen) {
	const { chat } = screen;
	const { conversation } = chat.state;
	giveStyles(screen.root, css);
	if (!conversation) return null;
	const t = caseWords[screen.state.lang];
	const { owner, page } = conversation;
	return (
		<section class={`notice case ${owner}`} aria-label={t.region}>
			<Standing screen={screen} />
			{page && (
				<ul class="keep">
					<li>
						<a href={page} target="_blank" rel="noopener noreferrer">
							{t.page}
						</a>
					</li>
					<li>
						<a href={`${page}/transcript.txt`} target="_blank" rel="noopener noreferrer" download>
							{t.download}
						</a>
					</li>
					<li>
						<button
							type="button"
							class="plain"
							disabled={chat.isUnderWay("transcript")}
							onClick={() => chat.askTranscript()}
						>
							{t.send}
						</button>
					</li>
				</ul>
			)}
		</section>
	);
}

function Standing({ screen }: OnScreen) {
	const { chat } = screen;
	const { conversation } = chat.state;
	const t = caseWords[screen.state.lang];
	const { owner, queue, wish } = conversation ?? {};
	const waits = owner === "queue" || (owner === "hold" && wish);
	if (owner === "hold" && !wish) return <p>{t.hold}</p>;
	if (!waits) return null;
	return (
		<div class="queue">
			<p>
				{wish?.kind === "call" && wish.from && wish.to ? (
					t.call(wish.from, wish.to, wish.zone)
				) : wish?.due ? (
					t.mail(wish.due, wish.zone)
				) : (
					<>
						{queue ? <strong>{screen.state.t.queuePlace(queue.place)}</strong> : t.queueNoPlace}{" "}
						{queue && t.queueWait(queue.from_minutes, queue.to_minutes)}
					</>
				)}
			</p>
			<button type="button" class="plain" disabled={chat.isUnderWay("leave_queue")} onClick={() => chat.leaveQueue()}>
				{t.leaveQueue}
			</button>
		</div>
	);
}

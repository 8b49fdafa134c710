import type { Summary } from "../../../shared/protocol";
import { type Action, isMine, permitted } from "../../desk/permits";
import { type Strings, strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import { list, moment } from "../../i18n/format";
import { now } from "../../page/clock";
import { run } from "../../page/commands";
import { name } from "../../page/names";
import { go, hrefOf, route } from "../../page/route";
import { type Console, useConsole } from "../../page/ui";
import { CommandButton, IconButton, Keys, liveKeys } from "../button";
import { Due, Elapsed } from "../elapsed";
import { Icon } from "../icons";
import { Menu } from "../menu";

interface Props {
	summary: Summary;
	viewers: readonly string[];
}

export function ThreadHeader({ summary, viewers }: Props) {
	const console = useConsole();
	const t = strings.value;
	const me = console.desk.me.value;
	const others = viewers.filter((viewer) => viewer !== me.display_name);
	return (
		<header class="thread-head">
			<a
				class="icon-button back"
				href={hrefOf({ conversation: null })}
				aria-label={t.thread.back}
				title={t.thread.back}
			>
				<Icon name="back" />
			</a>
			<div class="thread-title">
				<h2 class="thread-name">{name(t, summary)}</h2>
				<p class="thread-meta">
					<OwnerChip summary={summary} console={console} />
					<span class={summary.practice ? "chip warm" : undefined}>{wordFor(t.channels, summary.channel)}</span>
					<span>{wordFor(t.languages, summary.locale)}</span>
					{summary.answer_due && summary.owner !== "closed" && <Due at={summary.answer_due} />}
					{others.length > 0 && <span class="viewers">{t.thread.viewers(list(t, others))}</span>}
				</p>
			</div>
			<Actions summary={summary} console={console} />
			<IconButton
				icon="panel"
				class="details-button"
				label={t.thread.details}
				keys={liveKeys("details")}
				expanded={route.value.details}
				controls="context"
				onClick={() => go({ details: !route.value.details })}
			/>
		</header>
	);
}

/** The first action as a button, the next two where there is room, all others in a menu. */
function Actions({ summary, console }: { summary: Summary; console: Console }) {
	const t = strings.value;
	const { desk } = console;
	const [first, ...others] = permitted(summary, desk.me.value);
	const busy = desk.busy.value.get(summary.id);
	if (!first) return null;
	return (
		<div class="actions">
			{others.slice(0, 2).map((action) => (
				<CommandButton key={action} command={action} class="roomy" busy={busy === action} />
			))}
			<CommandButton command={first} class="primary" busy={busy === first} />
			{others.length > 0 && (
				<Menu id="action-menu" label={t.thread.more} face={<Icon name="more" />}>
					{(close) =>
						others.map((action, index) => <ActionItem key={action} action={action} spare={index < 2} close={close} />)
					}
				</Menu>
			)}
		</div>
	);
}

/** `spare`: stands beside the menu as a button where there is room. */
function ActionItem({ action, spare, close }: { action: Action; spare: boolean; close: () => void }) {
	const console = useConsole();
	const [combo] = liveKeys(action);
	return (
		<button
			type="button"
			class={`menu-item ${spare ? "spare" : ""}`}
			onClick={() => {
				close();
				run(console, action);
			}}
		>
			{strings.value.actions[action]} {combo && <Keys combo={combo} />}
		</button>
	);
}

function OwnerChip({ summary, console }: { summary: Summary; console: Console }) {
	const t = strings.value;
	return (
		<span class={`chip owner-${summary.owner} ${isMine(summary, console.desk.me.value) ? "mine" : ""}`}>
			{ownerWords(t, summary, console)}
			{summary.owner === "queue" && summary.waiting_since && (
				<>
					{" · "}
					<Elapsed since={summary.waiting_since} />
				</>
			)}
		</span>
	);
}

function ownerWords(t: Strings, summary: Summary, { desk }: Console): string {
	if (summary.owner === "agent") {
		return isMine(summary, desk.me.value) ? t.owner.mine : t.owner.agent(summary.agent?.name ?? t.thread.roles.agent);
	}
	if (summary.owner === "hold" && summary.hold_until) return t.list.holdUntil(moment(t, summary.hold_until, now.value));
	return t.owner[summary.owner];
}

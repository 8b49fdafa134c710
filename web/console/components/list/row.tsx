import type { Summary } from "../../../shared/protocol";
import { fits } from "../../desk/lists";
import { supervises } from "../../desk/permits";
import { strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import { moment } from "../../i18n/format";
import { now } from "../../page/clock";
import { hasDraft } from "../../page/drafts";
import { initials, name, teamName } from "../../page/names";
import { hrefOf, route } from "../../page/route";
import { useConsole } from "../../page/ui";
import { Due, Elapsed } from "../elapsed";
import { Icon } from "../icons";

interface Props {
	summary: Summary;
	selected: boolean;
}

/** One conversation: who, how long, what about, why a person is needed. */
export function Row({ summary, selected }: Props) {
	const t = strings.value;
	const unread = selected ? 0 : summary.unread;
	return (
		<li>
			<a
				id={`row-${summary.id}`}
				class={`row ${summary.urgent ? "urgent" : ""} ${unread ? "unread" : ""}`}
				href={hrefOf({ conversation: summary.id })}
				aria-current={selected ? "true" : undefined}
			>
				<span class="avatar" aria-hidden="true">
					{initials(summary) ?? <Icon name="mine" />}
				</span>
				<span class="row-main">
					<span class="row-top">
						<span class="row-name">{name(t, summary)}</span>
						<span class="row-where">
							<span aria-hidden="true">{summary.locale.toUpperCase()}</span>
							<span class="sr">{wordFor(t.languages, summary.locale)}</span>
							{" · "}
							{wordFor(t.channels, summary.channel)}
						</span>
						<RowTime summary={summary} />
					</span>
					<span class="row-middle">
						<Preview summary={summary} />
						{unread > 0 && (
							<span class="badge">
								<span aria-hidden="true">{unread}</span>
								<span class="sr">{t.list.unread(unread)}</span>
							</span>
						)}
					</span>
					<RowFacts summary={summary} />
				</span>
			</a>
		</li>
	);
}

function RowTime({ summary }: { summary: Summary }) {
	const t = strings.value;
	const { desk } = useConsole();
	const late = summary.owner === "queue" && summary.escalated && supervises(desk.me.value);
	if (summary.owner !== "closed" && summary.owner !== "bot" && summary.waiting_since) {
		return (
			<span class={`row-time waiting ${late ? "late" : ""}`} title={late ? t.floor.escalated : undefined}>
				<Icon name="clock" />
				<span class="sr">{late ? t.floor.escalated : t.views.waiting}: </span>
				<Elapsed since={summary.waiting_since} />
			</span>
		);
	}
	return (
		<span class="row-time">
			<Elapsed since={summary.last_at} />
		</span>
	);
}

function Preview({ summary }: { summary: Summary }) {
	const t = strings.value;
	if (hasDraft(summary.id) && route.value.conversation !== summary.id) {
		return <span class="row-preview draft">{t.list.draft}</span>;
	}
	const { role, text } = summary.preview;
	return (
		<span class="row-preview">
			{role !== "customer" && <span class="row-role">{t.thread.roles[role]}: </span>}
			<span lang={summary.locale} dir="auto">
				{text}
			</span>
		</span>
	);
}

function RowFacts({ summary }: { summary: Summary }) {
	const { desk } = useConsole();
	const t = strings.value;
	const me = desk.me.value;
	const { owner, agent, reasons, intent, order, urgent, answer_due, hold_until, given, promised, team } = summary;
	const waits = owner === "queue";
	const why = reasons[0] ? wordFor(t.reasons, reasons[0]) : intent && wordFor(t.intents, intent);
	return (
		<span class="row-facts">
			{urgent && (
				<span class="chip urgent">
					<Icon name="urgent" />
					{t.list.urgent}
				</span>
			)}
			{summary.draft && <span class="chip warm">{t.draft.waits}</span>}
			{supervises(me) && summary.deeds?.some(({ needs }) => needs === "supervisor") && (
				<span class="chip warm">{t.shop.toApprove}</span>
			)}
			{given && agent?.id === me.id && <span class="chip warm">{t.floor.given}</span>}
			{waits && promised && <span class="chip warm">{t.floor.promised}</span>}
			{waits && summary.wanted === me.id && <span class="chip warm">{t.floor.wanted}</span>}
			{waits && summary.for_everybody && <span class="chip warm">{t.floor.forEverybody}</span>}
			{waits && !fits(summary, me) && <span class="chip quiet">{t.floor.foreign}</span>}
			{why && <span class="chip">{why}</span>}
			{team && owner !== "closed" && <span class="chip quiet">{teamName(t, team)}</span>}
			{order && <span class="chip quiet">{order}</span>}
			{owner === "hold" && hold_until && <span class="chip">{t.list.holdUntil(moment(t, hold_until, now.value))}</span>}
			{owner === "hold" && summary.waits_for && (
				<span class="chip quiet">
					{t.floor.waitsFor} {t.floor.waits[summary.waits_for]}
				</span>
			)}
			{owner === "agent" && agent && agent.id !== me.id && <span class="chip quiet">{agent.name}</span>}
			{answer_due && owner !== "closed" && <Due at={answer_due} />}
		</span>
	);
}

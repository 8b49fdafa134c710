import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { CustomerDetail, Packet, Summary } from "../../../shared/protocol";
import { strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import { moment } from "../../i18n/format";
import { now } from "../../page/clock";
import { insertSuggestion } from "../../page/commands";
import { name, teamName } from "../../page/names";
import { go, hrefOf, route } from "../../page/route";
import { useConsole } from "../../page/ui";
import { IconButton, Keys, liveKeys } from "../button";
import { Icon } from "../icons";
import { OrderCardView } from "../ordercard";
import { Text } from "../text";
import { effectText } from "../thread/change";
import { CustomerSection } from "./customer";
import { Mood } from "./mood";
import { Promised } from "./promised";
import { ShopSection } from "./shop";
import { Tags } from "./tags";
import { HandoffVerdict } from "./verdict";

/** Customer, case and what led to it: a column where there is room, else over the thread. */
export function ContextPane() {
	const { desk } = useConsole();
	const { conversation, details } = route.value;
	const summary = desk.summary(conversation);
	const thread = conversation ? desk.threads.get(conversation) : null;
	const t = strings.value;

	useEffect(() => {
		const context = document.getElementById("context");
		if (details && !context?.contains(document.activeElement)) context?.focus();
	}, [details]);

	return (
		<section
			id="context"
			class={`context ${details ? "open" : ""}`}
			aria-label={t.context.region}
			tabIndex={-1}
			hidden={!summary}
		>
			{summary && (
				<>
					<header class="context-head">
						<h2>{t.context.region}</h2>
						<IconButton
							icon="close"
							class="context-close"
							label={t.dialog.close}
							onClick={() => go({ details: false })}
						/>
					</header>
					<Case summary={summary} packet={thread?.packet ?? null} />
					{summary.case > 0 && thread && <HandoffVerdict summary={summary} entries={thread.entries} />}
					{summary.owner !== "closed" && (summary.promises?.length ?? 0) > 0 && (
						<Section title={t.context.promises}>
							<Promised summary={summary} />
						</Section>
					)}
					<ShopSection summary={summary} />
					<CustomerSection summary={summary} thread={thread} />
					<Tags summary={summary} />
					{thread?.packet && <History packet={thread.packet} />}
					<Earlier customer={thread?.customer ?? null} />
				</>
			)}
		</section>
	);
}

/** Why a person is needed, the problem, the order, the first reply. */
function Case({ summary, packet }: { summary: Summary; packet: Packet | null }) {
	const t = strings.value;
	if (!packet) {
		return (
			<Section title={t.context.why}>
				{summary.reasons.length > 0 ? (
					<Reasons reasons={summary.reasons.map((code) => ({ code, evidence: "" }))} />
				) : (
					<p class="hint">{t.context.noHandoff}</p>
				)}
			</Section>
		);
	}
	return (
		<>
			<Section title={t.context.why}>
				{packet.urgent && (
					<p class="urgent-line">
						<Icon name="urgent" />
						{t.list.urgent}
					</p>
				)}
				<Reasons reasons={packet.reasons} lang={packet.language} />
				<WhoFor packet={packet} />
				{packet.problem && (
					<p class="problem-line">
						<span class="term">{t.context.problem}:</span> {wordFor(t.intents, packet.problem)}
					</p>
				)}
			</Section>
			{packet.suggested_reply && <SuggestedReply summary={summary} text={packet.suggested_reply} />}
			{packet.order && (
				<Section title={t.context.order}>
					<OrderCardView card={packet.order} />
				</Section>
			)}
		</>
	);
}

/** Which team it is for, what it asks of an agent, and why it is for everybody now. */
function WhoFor({ packet }: { packet: Packet }) {
	const t = strings.value;
	const { team, skill, for_everybody: open } = packet;
	return (
		<>
			{team && (
				<p class="problem-line">
					<span class="term">{t.floor.team}:</span> {teamName(t, team)}
				</p>
			)}
			{skill && (
				<p class="problem-line">
					<span class="term">{t.floor.skill}:</span> {wordFor(t.floor.skills, skill)}
				</p>
			)}
			{open && <p class="hint">{t.floor.lacking[open.lacking]}</p>}
		</>
	);
}

/** Each reason with the customer's own words that gave it. */
function Reasons({ reasons, lang }: { reasons: readonly { code: string; evidence: string }[]; lang?: string }) {
	const t = strings.value;
	return (
		<ul class="reasons">
			{reasons.map(({ code, evidence }) => (
				<li key={code}>
					<span class="reason">{wordFor(t.reasons, code)}</span>
					{evidence && (
						<q class="evidence" lang={lang} dir="auto">
							{evidence}
						</q>
					)}
				</li>
			))}
		</ul>
	);
}

function SuggestedReply({ summary, text }: { summary: Summary; text: string }) {
	const console = useConsole();
	const t = strings.value;
	const [combo] = liveKeys("insert");
	return (
		<Section title={t.context.suggestion}>
			<div class="suggested">
				<Text text={text} lang={summary.locale} />
				<button type="button" class="button" onClick={() => insertSuggestion(console, text)}>
					{t.context.insert} {combo && <Keys combo={combo} />}
				</button>
			</div>
		</Section>
	);
}

/** What the customer has told and the bot has tried: nobody has to tell or try it again. */
function History({ packet }: { packet: Packet }) {
	const t = strings.value;
	return (
		<>
			{packet.facts.length > 0 && (
				<Section title={t.context.facts}>
					<dl class="facts">
						{packet.facts.map((fact) => (
							<div key={`${fact.name} ${fact.value}`}>
								<dt>{wordFor(t.facts, fact.name)}</dt>
								<dd>{fact.value}</dd>
							</div>
						))}
					</dl>
				</Section>
			)}
			<Section title={t.context.tried}>
				{packet.tried.length === 0 && <p class="hint">{t.context.nothingTried}</p>}
				<ol class="tried">
					{packet.tried.map(({ what, ok, at }) => (
						<li key={`${what} ${at}`} class={ok ? "ok" : "not-ok"}>
							<Icon name={ok ? "tick" : "close"} />
							<span>
								{wordFor(t.deeds, what)}
								<span class="sr"> ({ok ? t.context.succeeded : t.context.notSucceeded})</span>
							</span>
							<time dateTime={new Date(at).toISOString()}>{moment(t, at, now.peek())}</time>
						</li>
					))}
				</ol>
			</Section>
			{packet.effects.length > 0 && (
				<Section title={t.context.effects}>
					<ul class="effects">
						{packet.effects.map((effect) => (
							<li key={`${effect.kind} ${effect.reference}`}>{effectText(t, effect)}</li>
						))}
					</ul>
				</Section>
			)}
			{packet.mood.length > 0 && (
				<Section title={t.context.mood}>
					<Mood mood={packet.mood} />
				</Section>
			)}
		</>
	);
}

function Earlier({ customer }: { customer: CustomerDetail | null }) {
	const t = strings.value;
	if (!customer || customer.earlier.length === 0) return null;
	return (
		<Section title={t.context.earlier}>
			<ul class="earlier">
				{customer.earlier.map((summary) => (
					<li key={summary.id}>
						<a href={hrefOf({ conversation: summary.id })}>
							{summary.intent ? wordFor(t.intents, summary.intent) : name(t, summary)}
						</a>
						<time dateTime={new Date(summary.last_at).toISOString()}>{moment(t, summary.last_at, now.peek())}</time>
					</li>
				))}
			</ul>
		</Section>
	);
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
	return (
		<section class="context-section">
			<h3>{title}</h3>
			{children}
		</section>
	);
}

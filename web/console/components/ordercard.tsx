import type { ComponentChildren } from "preact";
import type { OrderCard, TrackingEvent } from "../../shared/protocol";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { date, daysBetween, moment, money } from "../i18n/format";
import { dateOf } from "../i18n/zone";
import { now } from "../page/clock";
import { Icon } from "./icons";

interface Props {
	card: OrderCard;
	/** In the transcript: the facts that were shown to the customer, without the parcel's whole story. */
	compact?: boolean;
}

/** An order: what, when, where it is now. */
export function OrderCardView({ card, compact = false }: Props) {
	const t = strings.value;
	const events = [...(card.tracking?.events ?? [])].sort((a, b) => b.at - a.at);
	const latest = events[0];
	return (
		<div class={`order-card ${compact ? "compact" : ""}`}>
			<p class="order-head">
				<Icon name="parcel" />
				<strong>{t.card.order(card.number)}</strong>
				<span class={`chip status-${card.status}`}>{statusText(card)}</span>
			</p>
			<ul class="order-items" aria-label={t.card.items}>
				{card.items.map((item) => (
					<li key={item.name}>
						{item.name}
						{item.quantity > 1 && <span class="quantity"> × {item.quantity}</span>}
					</li>
				))}
			</ul>
			<dl class="facts">
				{!compact && <Fact name={t.card.ordered}>{date(t, card.ordered_on)}</Fact>}
				<Fact name={t.card.promised}>{date(t, card.promised_on)}</Fact>
				{card.expected_on && <Fact name={t.card.expected}>{date(t, card.expected_on)}</Fact>}
				{!compact && <Fact name={t.card.total}>{money(t, card.total)}</Fact>}
				{card.tracking && (
					<Fact name={t.card.tracking}>
						{card.tracking.carrier} <span class="code">{card.tracking.code}</span>
					</Fact>
				)}
			</dl>
			{latest && <p class="latest-event">{eventText(latest)}</p>}
			{!compact && events.length > 1 && <AllEvents events={events} />}
			{!compact && !card.tracking && <p class="hint">{t.card.noTracking}</p>}
		</div>
	);
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{children}</dd>
		</div>
	);
}

function AllEvents({ events }: { events: TrackingEvent[] }) {
	return (
		<details class="events">
			<summary>{strings.value.card.events(events.length)}</summary>
			<ol>
				{events.map((event) => (
					<li key={`${event.at} ${event.code}`}>{eventText(event)}</li>
				))}
			</ol>
		</details>
	);
}

function eventText({ at, place, code }: TrackingEvent): string {
	const t = strings.value;
	return [moment(t, at, now.peek()), wordFor(t.tracking, code), place].filter(Boolean).join(" · ");
}

function statusText({ status, promised_on }: OrderCard): string {
	const t = strings.value;
	const days = daysBetween(promised_on, dateOf(now.peek()));
	return status === "late" && days > 0 ? t.card.daysLate(days) : wordFor(t.orderStatus, status);
}

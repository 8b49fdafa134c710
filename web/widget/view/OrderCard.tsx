import type { Locale, OrderCard as Order, OrderStatus } from "../../shared/protocol";
import { type OrderStrings, orders } from "../i18n/orders";
import css from "../styles/order.css?inline";
import { dateOf, dayOf, moneyOf, timeOf } from "./formats";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

type Step = keyof OrderStrings["steps"];

const STEPS: readonly Step[] = ["processing", "shipped", "pickup", "delivered"];
/** How far an order of this status has come; null: it is not on its way to anybody. */
const REACHED: Record<OrderStatus, Step | null> = {
	processing: "processing",
	shipped: "shipped",
	late: "shipped",
	pickup: "pickup",
	delivered: "delivered",
	returned: null,
	cancelled: null,
};

/** An order in the client's own words and formats. */
export default function OrderCard({ screen, card }: OnScreen & { card: Order }) {
	const { root, state } = screen;
	const { lang: locale } = state;
	const words = orders[locale];
	giveStyles(root, css);
	const step = REACHED[card.status];
	return (
		<section class={`order ${card.status}`} part="card" aria-label={words.title(card.number)}>
			<header>
				<h3>{words.title(card.number)}</h3>
				<span class="status">{words.status[card.status]}</span>
			</header>
			{step && <Progress words={words} step={step} />}
			<p class="dates">{dates(card, words, locale).join("\u00a0· ")}</p>
			<ul aria-label={words.items}>
				{card.items.map(({ name, quantity }) => (
					<li key={name}>
						<span>{name}</span>
						{quantity > 1 && <span>× {quantity}</span>}
					</li>
				))}
				<li class="total">
					<span>{words.total}</span>
					<span>{moneyOf(card.total, locale)}</span>
				</li>
			</ul>
			<TrackingEvents words={words} card={card} locale={locale} />
		</section>
	);
}

function dates(card: Order, words: OrderStrings, locale: Locale): string[] {
	const { ordered, promised, expected } = words;
	const shown = [ordered(dateOf(card.ordered_on, locale))];
	if (card.status !== "delivered" && card.status !== "returned" && card.status !== "cancelled") {
		shown.push(promised(dateOf(card.promised_on, locale)));
		const other = card.expected_on && card.expected_on !== card.promised_on;
		if (other) shown.push(expected(dateOf(card.expected_on as string, locale)));
	}
	return shown;
}

function Progress({ words, step }: { words: OrderStrings; step: Step }) {
	const reached = STEPS.indexOf(step);
	const sentence = words.progress(words.steps[step], reached + 1, STEPS.length);
	return (
		<div class="progress" role="img" aria-label={sentence}>
			{STEPS.map((name, index) => (
				<span key={name} class={index < reached ? "past" : index === reached ? "now" : ""}>
					{words.steps[name]}
				</span>
			))}
		</div>
	);
}

function TrackingEvents({ words, card, locale }: { words: OrderStrings; card: Order; locale: Locale }) {
	const { tracking } = card;
	if (!tracking) return null;
	const newestFirst = [...tracking.events].sort((a, b) => b.at - a.at);
	return (
		<details>
			<summary>{words.events}</summary>
			<p class="carrier">{words.tracking(tracking.carrier, tracking.code)}</p>
			<ol>
				{newestFirst.map(({ at, place, code }) => (
					<li key={at}>
						<b>{words.codes[code] ?? code.replaceAll("_", " ")}</b>, {place}
						<time dateTime={new Date(at).toISOString()}>
							{dayOf(at, locale)} {timeOf(at, locale)}
						</time>
					</li>
				))}
			</ol>
		</details>
	);
}

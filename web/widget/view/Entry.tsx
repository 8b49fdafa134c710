import type { MessageEntry } from "../../shared/protocol";
import type { Strings } from "../i18n/strings";
import { timeOf } from "./formats";
import { Icon } from "./icons";
import { lazily } from "./lazily";
import type { OnScreen } from "./screen";
import { Text } from "./Text";
import { authorOf } from "./words";

const Files = lazily(() => import("./Files"));
const OrderCard = lazily(() => import("./OrderCard"));

interface Props extends OnScreen {
	entry: MessageEntry;
	/** The button that the customer pressed. */
	chosen: number | null;
}

/** One message of the transcript: who, when, the text in its own language, cards and buttons. */
export function Entry({ screen, entry, chosen }: Props) {
	const { t } = screen.state;
	const { role } = entry.author;
	const own = role === "customer";
	return (
		<article class={`message ${role}`}>
			{!own && <Meta screen={screen} entry={entry} />}
			{entry.text && (
				<div class="bubble" part={`bubble ${role}`} lang={entry.lang}>
					{own && <span class="unseen">{t.authors.customer}: </span>}
					<Text text={entry.text} links={!own} />
				</div>
			)}
			{entry.attachments && <Files screen={screen} files={entry.attachments} own={own} />}
			{entry.cards?.map((card) => card.type === "order" && <OrderCard key={card.number} screen={screen} card={card} />)}
			{entry.buttons && <Choices screen={screen} entry={entry} chosen={chosen} />}
			{own && <Meta screen={screen} entry={entry} />}
		</article>
	);
}

function Meta({ screen, entry }: OnScreen & { entry: MessageEntry }) {
	const { t, lang } = screen.state;
	const { role } = entry.author;
	const own = role === "customer";
	return (
		<p class="meta">
			{!own && (
				<>
					<b>{authorOf(entry.author, t)}</b> {t.roles[role]}
				</>
			)}
			<time dateTime={new Date(entry.at).toISOString()}>{timeOf(entry.at, lang)}</time>
			{own && <Tick t={t} delivery={entry.delivery ?? "stored"} />}
		</p>
	);
}

function Tick({ t, delivery }: { t: Strings; delivery: NonNullable<MessageEntry["delivery"]> }) {
	const icon = delivery === "delivered" || delivery === "failed" ? delivery : "sent";
	return (
		<span class={`tick ${delivery}`} role="img" aria-label={t.delivery[delivery]} title={t.delivery[delivery]}>
			<Icon name={icon} size={15} />
		</span>
	);
}

/** Answers to press. They stay, the chosen one marked; the rest can no longer be pressed. */
function Choices({ screen, entry, chosen }: Props) {
	const { chat } = screen;
	const { t } = screen.state;
	const done = chosen !== null;
	return (
		<ul class="choices" lang={entry.lang}>
			{entry.buttons?.map(({ title }, index) => (
				<li key={title}>
					<button
						type="button"
						class="choice"
						part="choice"
						aria-pressed={chosen === index}
						aria-disabled={done}
						onClick={() => !done && chat.press(entry, index)}
					>
						{chosen === index && <Icon name="sent" size={16} />}
						{title}
						{chosen === index && <span class="unseen"> ({t.chosen})</span>}
					</button>
				</li>
			))}
		</ul>
	);
}

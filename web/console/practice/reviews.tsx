import { Icon } from "../components/icons";
import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { duration } from "../i18n/format";
import { hrefOf } from "../page/route";
import { words } from "./i18n";
import type { Given, Overview, Review } from "./wire";

const ICONS = { at_once: "tick", when_pressed: "clock", never: "close" } as const;

/** The latest cases, each with what was in the answers and when. */
export function Reviews({ mine }: { mine: Overview["mine"] }) {
	const w = words.value;
	return (
		<section class="block" aria-labelledby="practice-mine">
			<h3 id="practice-mine">{w.mine}</h3>
			{mine.length === 0 && <p class="hint">{w.none}</p>}
			<ul class="practice-reviews">
				{mine.map(({ summary, review }) => (
					<li key={summary.id}>
						<div class="block-head">
							<a href={hrefOf({ view: "practice", conversation: summary.id })}>{summary.customer.name}</a>
							<span class={`chip ${review.ended ? "" : "warm"}`}>{stateOf(review)}</span>
						</div>
						<Facts review={review} />
					</li>
				))}
			</ul>
		</section>
	);
}

function Facts({ review }: { review: Review }) {
	const t = strings.value;
	const w = words.value;
	return (
		<>
			<p class="hint">
				{review.first_reply === null
					? w.noReply
					: `${w.firstReply(duration(t, review.first_reply))} · ${w.replies(review.replies)}`}
			</p>
			<ul class="practice-wants">
				{review.wants.map(({ turn, want, given }) => (
					<Fact key={`${turn}-${want}`} given={given}>{`${wordFor(w.wants, want)}: ${wordFor(w.given, given)}`}</Fact>
				))}
				{review.deed && (
					<Fact given={review.deed.done ? "at_once" : "never"}>
						{`${wordFor(t.shop.kinds, review.deed.kind)}: ${review.deed.done ? w.deed.done : w.deed.missing}`}
					</Fact>
				)}
			</ul>
		</>
	);
}

function Fact({ given, children }: { given: Given; children: string }) {
	return (
		<li data-given={given}>
			<Icon name={ICONS[given]} /> <span>{children}</span>
		</li>
	);
}

function stateOf({ ended, finished }: Review): string {
	const { state } = words.value;
	if (!ended) return state.going;
	return finished ? state.solved : state.left;
}

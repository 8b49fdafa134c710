import { Component } from "preact";
import { caseWords } from "../i18n/case";
import css from "../styles/survey.css?inline";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

const FIVE = [1, 2, 3, 4, 5];
const ELEVEN = [0, ...FIVE, 6, 7, 8, 9, 10];

type Props = OnScreen & { number: number };

interface State {
	score: number | null;
	text: string;
	/** Sent without a score: the customer is told what is missing. */
	missing: boolean;
}

/** One question about a case that was closed: a score and, if the customer likes, words. */
export default class Survey extends Component<Props, State> {
	override state: State = { score: null, text: "", missing: false };

	private readonly submit = (event: Event) => {
		event.preventDefault();
		const { screen, number } = this.props;
		const { score, text } = this.state;
		if (score === null) return this.setState({ missing: true });
		screen.chat.rate(number, score, text.trim());
		screen.say(caseWords[screen.state.lang].survey.thanks);
	};

	override render({ screen, number }: Props, { text, missing }: State) {
		const t = caseWords[screen.state.lang];
		const [question, low, high] = this.words();
		const scores = this.scale() === "nps" ? ELEVEN : FIVE;
		giveStyles(screen.root, css);
		if (screen.chat.state.rated === number) return <p class="thanks">{t.survey.thanks}</p>;
		return (
			<form class="survey" part="survey" onSubmit={this.submit}>
				<fieldset aria-describedby={missing ? "choose" : undefined}>
					<legend>{question}</legend>
					<div class={`scores of-${scores.length}`}>{scores.map((value) => this.score(value))}</div>
					<p class="ends" aria-hidden="true">
						<span>{low}</span>
						<span>{high}</span>
					</p>
				</fieldset>
				{missing && (
					<p id="choose" class="over" role="alert">
						{t.survey.choose}
					</p>
				)}
				<label class="comment">
					{t.survey.comment}
					<textarea
						rows={2}
						maxLength={2000}
						value={text}
						onInput={(event) => this.setState({ text: event.currentTarget.value })}
					/>
				</label>
				<button type="submit" class="solid">
					{t.survey.send}
				</button>
			</form>
		);
	}

	private scale() {
		return this.props.screen.chat.state.conversation?.survey?.scale ?? "csat";
	}

	/** The question, and what the first and the last score mean. */
	private words(): [string, string, string] {
		const t = caseWords[this.props.screen.state.lang].survey;
		const scale = this.scale();
		return scale === "csat" ? [t.question, t.scores[1], t.scores[5]] : t[scale];
	}

	/** What a score means, where it has a name. */
	private named(value: number): string | undefined {
		const [, low, high] = this.words();
		if (this.scale() === "csat") return caseWords[this.props.screen.state.lang].survey.scores[value as 1];
		return { [this.scale() === "nps" ? 0 : 1]: low, [this.scale() === "nps" ? 10 : 5]: high }[value];
	}

	private score(value: number) {
		const words = this.named(value);
		return (
			<label key={value} title={words}>
				<input
					type="radio"
					name="score"
					value={value}
					checked={this.state.score === value}
					onChange={() => this.setState({ score: value, missing: false })}
				/>
				<span aria-hidden="true">{value}</span>
				<span class="unseen">{words ? `${value}: ${words}` : value}</span>
			</label>
		);
	}
}

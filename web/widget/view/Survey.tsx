import { Component } from "preact";
import { caseWords } from "../i18n/case";
import css from "../styles/survey.css?inline";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

const SCORES = [1, 2, 3, 4, 5] as const;

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
		giveStyles(screen.root, css);
		if (screen.chat.state.rated === number) return <p class="thanks">{t.survey.thanks}</p>;
		return (
			<form class="survey" part="survey" onSubmit={this.submit}>
				<fieldset aria-describedby={missing ? "choose" : undefined}>
					<legend>{t.survey.question}</legend>
					<div class="scores">{SCORES.map((value) => this.score(value))}</div>
					<p class="ends" aria-hidden="true">
						<span>{t.survey.scores[1]}</span>
						<span>{t.survey.scores[5]}</span>
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

	private score(value: (typeof SCORES)[number]) {
		const words = caseWords[this.props.screen.state.lang].survey.scores[value];
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
				<span class="unseen">
					{value}: {words}
				</span>
			</label>
		);
	}
}

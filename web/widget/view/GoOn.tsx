import { Component } from "preact";
import { askForLink } from "../chat/goOn";
import { goOn } from "../i18n/goOn";
import type { OnScreen } from "./screen";

interface State {
	link: string | null;
	failed: boolean;
}

/** The way to Telegram. The link is asked for when it is wanted, because it is good for half an hour only. */
export default class GoOn extends Component<OnScreen, State> {
	override state: State = { link: null, failed: false };

	private readonly ask = async () => {
		try {
			this.setState({ link: await askForLink(this.props.screen.chat), failed: false });
		} catch {
			this.setState({ failed: true });
		}
	};

	override render({ screen }: OnScreen, { link, failed }: State) {
		const t = goOn[screen.state.lang];
		return (
			<p class="go-on" part="go-on">
				{link ? (
					<a ref={(shown) => shown?.focus()} href={link} target="_blank" rel="noopener noreferrer">
						{t.open}
					</a>
				) : (
					<button type="button" class="plain" onClick={this.ask}>
						{t.ask}
					</button>
				)}
				{failed && <span role="alert">{t.later}</span>}
			</p>
		);
	}
}

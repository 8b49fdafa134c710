import { Component, type TargetedKeyboardEvent } from "preact";
import { Composer } from "./Composer";
import { Header } from "./Header";
import { Log } from "./Log";
import { Notices } from "./Notices";
import type { OnScreen } from "./screen";

/** Where the panel covers the whole screen; panel.css has the same numbers. */
const phone = matchMedia("(max-width: 480px), (max-height: 420px)");

/**
 * The dialog. It stays in the page when it is closed, so that the draft, the place in the log and what is on its way stay too.
 * Classes here and below, where React's readers may expect hooks: those would cost 1 kB of the first load's fifteen.
 */
export class Panel extends Component<OnScreen> {
	private panel: HTMLElement | null = null;
	private undo: (() => void) | undefined;
	private keepFocusIn: ((event: TargetedKeyboardEvent<HTMLElement>) => void) | undefined;

	/** Everything is drawn again when something changes; the panel is small enough for that to be the whole story. */
	override componentDidMount() {
		const again = () => this.forceUpdate();
		const { screen } = this.props;
		screen.listen(again);
		screen.chat.listen(again);
		phone.addEventListener("change", again);
	}

	private get modal(): boolean {
		const { screen } = this.props;
		return phone.matches && screen.state.open && !screen.page;
	}

	override async componentDidUpdate() {
		if (!this.modal) {
			this.undo?.();
			this.undo = undefined;
		} else if (!this.undo) {
			this.undo = () => {};
			const { fillScreen, keepFocusIn } = await import("./phone");
			this.keepFocusIn = keepFocusIn;
			if (this.panel && this.modal) this.undo = fillScreen(this.panel);
		}
	}

	private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
		if (event.key === "Escape" && !event.isComposing) this.props.screen.hide();
		if (event.key === "Tab" && this.modal) this.keepFocusIn?.(event);
	};

	override render() {
		const { screen } = this.props;
		const { open, lang } = screen.state;
		return (
			<section
				ref={(panel) => {
					this.panel = panel;
				}}
				part="panel"
				class={screen.page ? "panel page" : "panel"}
				role={screen.page ? "region" : "dialog"}
				aria-modal={this.modal || undefined}
				aria-labelledby="title"
				lang={lang}
				hidden={!open}
				onKeyDown={this.onKeyDown}
			>
				<Header screen={screen} />
				<Log screen={screen} />
				<Notices screen={screen} />
				<Composer screen={screen} phone={phone.matches} />
			</section>
		);
	}
}

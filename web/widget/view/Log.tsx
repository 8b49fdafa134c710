import { Component } from "preact";
import { Greeting } from "./Greeting";
import { Icon } from "./icons";
import { lazily } from "./lazily";
import type { OnScreen } from "./screen";

const Lines = lazily(() => import("./Lines"));
/** This near to the end counts as being there: fractions of pixels, a line's bounce. */
const NEAR_PX = 48;

/**
 * The conversation. It stays at its end while it is there, whatever grows (messages, late cards, the keyboard); else a button
 * tells of what is new, and the customer's place is left alone.
 */
export class Log extends Component<OnScreen, { atEnd: boolean }> {
	override state = { atEnd: true };
	private box: HTMLElement | null = null;
	private top = 0;
	private readonly grown = new ResizeObserver(() => this.state.atEnd && this.toEnd());

	override componentDidMount() {
		const { screen } = this.props;
		const { box } = this;
		if (!box) return;
		this.grown.observe(box);
		this.grown.observe(box.firstElementChild as Element);
		document.addEventListener("visibilitychange", this.read);
		// What the customer sends is always brought into sight.
		screen.chat.listen((now, before) => now.pending.length > before.pending.length && this.toEnd());
		screen.listen((now, before) => now.open && !before.open && this.toEnd());
	}

	override componentDidUpdate() {
		this.read();
	}

	private readonly read = () => {
		const { screen } = this.props;
		if (screen.state.open && this.state.atEnd && !document.hidden) screen.chat.read();
	};

	private readonly toEnd = () => {
		// Before the first message there is only the greeting, which is read from its beginning.
		const { entries, pending } = this.props.screen.chat.state;
		if (entries.length + pending.length === 0) return;
		this.setState({ atEnd: true }, () => this.box?.scrollTo(0, this.box.scrollHeight));
	};

	private readonly onScroll = () => {
		const { box } = this;
		if (!box) return;
		const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
		// Only going up is leaving the end: growth below may come between a scroll and its event.
		const atEnd = near || (this.state.atEnd && box.scrollTop >= this.top);
		this.top = box.scrollTop;
		if (atEnd !== this.state.atEnd) this.setState({ atEnd });
	};

	override render({ screen }: OnScreen, { atEnd }: { atEnd: boolean }) {
		const { chat } = screen;
		const { t } = screen.state;
		const { entries, pending } = chat.state;
		return (
			<div class="middle">
				<div
					ref={(box) => {
						this.box = box;
					}}
					class="log"
					part="log"
					role="log"
					aria-live="off"
					aria-label={t.log}
					tabIndex={0}
					onScroll={this.onScroll}
				>
					<div class="lines">
						<Greeting screen={screen} />
						{entries.length + pending.length > 0 && <Lines screen={screen} />}
					</div>
				</div>
				{!atEnd && chat.unread > 0 && (
					<button type="button" class="news" onClick={this.toEnd}>
						<Icon name="down" />
						{t.newMessages(chat.unread)}
					</button>
				)}
			</div>
		);
	}
}

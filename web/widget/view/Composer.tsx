import { Component, type TargetedKeyboardEvent } from "preact";
import { loadDraft, saveDraft } from "../chat/storage";
import { Icon } from "./icons";
import { lazily } from "./lazily";
import type { OnScreen, ScreenState } from "./screen";

const Attach = lazily(() => import("./Attach"));

/** This near to the longest message, as a share of it, the customer is told how much is left. */
const NEARLY_FULL = 0.1;

type Props = OnScreen & { phone: boolean };

export class Composer extends Component<Props, { text: string }> {
	override state = { text: loadDraft() };
	private field: HTMLTextAreaElement | null = null;

	override componentDidMount() {
		const { screen } = this.props;
		screen.listen((now, before) => this.screenChanged(now, before));
	}

	override componentDidUpdate() {
		// As high as its text; panel.css sets the limit.
		const { field } = this;
		if (!field) return;
		field.style.height = "auto";
		field.style.height = `${field.scrollHeight}px`;
	}

	private screenChanged(now: ScreenState, before: ScreenState) {
		if (now.returned && now.returned !== before.returned) {
			this.change([now.returned, this.state.text].filter(Boolean).join("\n"));
			this.props.screen.set({ returned: "" });
			this.field?.focus();
		}
		// After the panel has been drawn: what is hidden takes no focus.
		if (now.focusWanted !== before.focusWanted) requestAnimationFrame(() => this.takeFocus());
	}

	/** On a phone the focus would raise the keyboard over what the customer wants to read first. */
	private takeFocus() {
		const first = this.field?.closest("section")?.querySelector<HTMLElement>(".icon");
		const target = this.props.phone ? first : this.field;
		target?.focus({ preventScroll: true });
	}

	private change(text: string) {
		this.setState({ text });
		saveDraft(text);
	}

	private readonly send = (event: Event) => {
		event.preventDefault();
		const text = this.state.text.trim();
		const { chat } = this.props.screen;
		this.field?.focus();
		if (!text || this.state.text.length > chat.maxLength) return;
		chat.write(text);
		this.change("");
	};

	private readonly onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
		if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send(event);
	};

	override render({ screen }: Props, { text }: { text: string }) {
		const { chat } = screen;
		const { t } = screen.state;
		const left = chat.maxLength - text.length;
		const tooLong = left < 0;
		const nearlyFull = left < chat.maxLength * NEARLY_FULL;
		return (
			<form part="composer" class="composer" onSubmit={this.send}>
				<Attach screen={screen} />
				<textarea
					ref={(field) => {
						this.field = field;
					}}
					rows={1}
					value={text}
					aria-label={t.message}
					aria-invalid={tooLong}
					aria-describedby={nearlyFull ? "left" : undefined}
					placeholder={t.placeholder}
					enterkeyhint="send"
					autocomplete="off"
					onKeyDown={this.onKeyDown}
					onInput={(event) => {
						this.change(event.currentTarget.value);
						chat.wrote();
					}}
				/>
				<button
					type="submit"
					part="send"
					class="send icon"
					aria-label={t.send}
					title={t.send}
					disabled={!text.trim() || tooLong}
				>
					<Icon name="send" />
				</button>
				{nearlyFull && (
					<p id="left" class={tooLong ? "left over" : "left"} role={tooLong ? "alert" : undefined}>
						{tooLong ? t.tooLong(-left) : t.left(left)}
					</p>
				)}
			</form>
		);
	}
}

import { Component, createRef } from "preact";
import { keepFile, Unfit } from "../chat/files";
import { type FileStrings, files } from "../i18n/files";
import css from "../styles/files.css?inline";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

interface State {
	uploading: string | null;
	problem: string | null;
}

/** Sends a picture or a PDF as a message of its own, as soon as it is chosen. */
export default class Attach extends Component<OnScreen, State> {
	override state: State = { uploading: null, problem: null };
	private readonly field = createRef<HTMLInputElement>();

	private readonly chosen = async () => {
		const { screen } = this.props;
		const field = this.field.current;
		for (const file of [...(field?.files ?? [])]) await this.send(file);
		if (field) field.value = "";
		const { problem } = this.state;
		if (problem) screen.say(this.words(problem));
	};

	private async send(file: File): Promise<void> {
		const { screen } = this.props;
		this.setState({ uploading: file.name, problem: null });
		screen.say(files[screen.state.lang].uploading(file.name));
		try {
			const { id, name } = await keepFile(screen.chat, file);
			screen.chat.do({ type: "write", text: "", attachments: [id] }, name);
			this.setState({ uploading: null });
		} catch (error) {
			this.setState({ uploading: null, problem: error instanceof Unfit ? error.code : "other" });
		}
	}

	private words(problem: string): string {
		const { problems } = files[this.props.screen.state.lang];
		return problems[problem as keyof FileStrings["problems"]] ?? problems.other;
	}

	override render({ screen }: OnScreen, { uploading, problem }: State) {
		const words = files[screen.state.lang];
		giveStyles(screen.root, css);
		return (
			<>
				{(uploading ?? problem) && (
					<p class={problem ? "sending over" : "sending"}>
						{uploading ? words.uploading(uploading) : this.words(problem ?? "other")}
					</p>
				)}
				<button
					type="button"
					part="attach"
					class="attach icon"
					aria-label={words.attach}
					title={words.attach}
					disabled={uploading !== null}
					onClick={() => this.field.current?.click()}
				>
					<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
						<path d="m19.500 11.500-8 8a5 5 0 0 1-7-7l8.300-8.300a3.300 3.300 0 0 1 4.700 4.700l-8.200 8.200a1.700 1.700 0 0 1-2.400-2.400l7.300-7.300" />
					</svg>
				</button>
				<input
					ref={this.field}
					type="file"
					hidden
					multiple
					accept="image/jpeg,image/png,image/gif,image/webp,application/pdf"
					onChange={this.chosen}
				/>
			</>
		);
	}
}

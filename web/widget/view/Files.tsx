import { Component } from "preact";
import type { Attachment } from "../../shared/protocol";
import { asDataUrl, fetchFile } from "../chat/files";
import { files as words } from "../i18n/files";
import css from "../styles/files.css?inline";
import type { OnScreen } from "./screen";
import { giveStyles } from "./styles";

type Props = OnScreen & { files: Attachment[]; own: boolean };

/** What came with a message: pictures are shown when the customer asks, PDFs are downloaded. */
export default function Files({ screen, files, own }: Props) {
	giveStyles(screen.root, css);
	return (
		<ul class={own ? "files own" : "files"}>
			{files.map((file) => (
				<File key={file.id} screen={screen} file={file} />
			))}
		</ul>
	);
}

class File extends Component<OnScreen & { file: Attachment }, { picture: string | null; failed: boolean }> {
	override state = { picture: null, failed: false };

	private async show(): Promise<void> {
		const { screen, file } = this.props;
		this.setState({ picture: await asDataUrl(await fetchFile(screen.chat, file)), failed: false });
	}

	private async download(): Promise<void> {
		const { screen, file } = this.props;
		const link = document.createElement("a");
		link.href = URL.createObjectURL(await fetchFile(screen.chat, file));
		link.download = file.name;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
	}

	private readonly failed = () => this.setState({ failed: true });

	override render({ screen, file }: OnScreen & { file: Attachment }) {
		const t = words[screen.state.lang];
		const { picture, failed } = this.state;
		return (
			<li>
				<span class="name">{file.name}</span> <span class="size">{t.size(file.size)}</span>
				<span class="ways">
					{file.media_type.startsWith("image/") && !picture && (
						<button type="button" class="plain" onClick={() => this.show().catch(this.failed)}>
							{t.show}
							<span class="unseen"> {file.name}</span>
						</button>
					)}
					<button type="button" class="plain" onClick={() => this.download().catch(this.failed)}>
						{t.download}
						<span class="unseen"> {file.name}</span>
					</button>
				</span>
				{failed && <p role="alert">{t.failed}</p>}
				{picture && <img src={picture} alt={file.name} />}
			</li>
		);
	}
}

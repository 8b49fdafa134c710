import { useSignal } from "@preact/signals";
import type { Attachment } from "../../../shared/protocol";
import { strings } from "../../i18n";
import { Icon } from "../icons";

const address = (file: Attachment) => `/api/console/attachments/${encodeURIComponent(file.id)}`;

/** Files of a message. A picture is shown when the agent asks for it; a PDF is only ever downloaded. */
export function Files({ files }: { files: readonly Attachment[] }) {
	return (
		<ul class="files" aria-label={strings.value.files.label}>
			{files.map((file) => (
				<li key={file.id}>
					<FileItem file={file} />
				</li>
			))}
		</ul>
	);
}

function FileItem({ file }: { file: Attachment }) {
	const t = strings.value;
	const shown = useSignal(false);
	const isImage = file.media_type.startsWith("image/");
	return (
		<>
			<div class="file">
				<Icon name={isImage ? "picture" : "file"} />
				<span class="file-name">{file.name}</span>
				<span class="file-size">{t.files.size(file.size)}</span>
				{isImage && (
					<button
						type="button"
						class="link-button"
						aria-expanded={shown.value}
						onClick={() => {
							shown.value = !shown.value;
						}}
					>
						{shown.value ? t.files.hide : t.files.show}
						<span class="sr"> {file.name}</span>
					</button>
				)}
				<a class="link-button" href={address(file)} download={file.name}>
					{t.files.download}
					<span class="sr"> {file.name}</span>
				</a>
			</div>
			{shown.value && <img class="file-picture" src={address(file)} alt={t.files.pictureOf(file.name)} />}
		</>
	);
}

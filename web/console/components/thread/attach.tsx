import { useRef } from "preact/hooks";
import { strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import type { Mode } from "../../page/drafts";
import { ACCEPTED, dropFile, filesOf, type Upload } from "../../page/files";
import { IconButton, liveKeys } from "../button";
import { Icon } from "../icons";

/** Chooses files by the system's own dialog; they can be dropped or pasted into the composer as well. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
	const t = strings.value;
	const field = useRef<HTMLInputElement>(null);
	return (
		<>
			<IconButton icon="clip" label={t.files.attach} keys={liveKeys("attach")} onClick={() => field.current?.click()} />
			<input
				ref={field}
				id="attach"
				type="file"
				multiple
				hidden
				accept={ACCEPTED}
				aria-label={t.files.attach}
				onChange={(event) => {
					onFiles([...(event.currentTarget.files ?? [])]);
					event.currentTarget.value = "";
				}}
			/>
		</>
	);
}

/** What will go with the text, and what could not. */
export function FileList({ conversation, mode }: { conversation: string; mode: Mode }) {
	const t = strings.value;
	const files = filesOf(conversation, mode);
	if (files.length === 0) return null;
	return (
		<ul class="attached" aria-label={t.files.attached}>
			{files.map((file) => (
				<li key={file.key} class={file.state} role={file.state === "failed" ? "alert" : undefined}>
					<Icon name={file.state === "failed" ? "urgent" : "file"} />
					<span class="file-name">{file.name}</span>
					<State file={file} />
					<IconButton
						icon="close"
						class="small"
						label={t.files.remove(file.name)}
						onClick={() => dropFile(conversation, mode, file.key)}
					/>
				</li>
			))}
		</ul>
	);
}

function State({ file }: { file: Upload }) {
	const t = strings.value;
	if (file.state === "uploading") return <span class="hint">{t.files.uploading}</span>;
	if (file.state === "failed") return <span class="problem">{wordFor(t.files.problems, file.problem ?? "other")}</span>;
	return null;
}

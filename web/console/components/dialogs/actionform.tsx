import type { ComponentChildren } from "preact";
import { strings } from "../../i18n";
import { useConsole } from "../../page/ui";
import { Dialog } from "./dialog";

interface Props {
	title: string;
	text?: string;
	submit: string;
	/** Does it; false when something is missing and the dialog has to stay. */
	onSubmit: (data: FormData) => boolean;
	children?: ComponentChildren;
}

/** A dialog that asks what an action needs. Enter does it, Mod+Enter too from a field of several lines. */
export function ActionForm({ title, text, submit, onSubmit, children }: Props) {
	const { ui } = useConsole();
	const t = strings.value;
	const close = () => {
		ui.dialog.value = null;
	};
	return (
		<Dialog title={title} class="action-dialog">
			<form
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					if (onSubmit(new FormData(event.currentTarget))) close();
				}}
				onKeyDown={(event) => {
					if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
				}}
			>
				{text && <p class="dialog-text">{text}</p>}
				{children}
				<footer class="dialog-foot">
					<button type="button" class="button" onClick={close}>
						{t.dialog.cancel}
					</button>
					<button type="submit" class="button primary">
						{submit}
					</button>
				</footer>
			</form>
		</Dialog>
	);
}

interface NoteFieldProps {
	label: string;
	required?: boolean;
	problem?: string | null;
}

export function NoteField({ label, required = false, problem = null }: NoteFieldProps) {
	const t = strings.value;
	return (
		<label class="field">
			<span>
				{label} {!required && <small>({t.dialog.optional})</small>}
			</span>
			<textarea name="note" rows={3} aria-required={required} aria-invalid={problem !== null} />
			<Problem text={problem} />
		</label>
	);
}

export function Problem({ text }: { text: string | null }) {
	return (
		<span class="problem" role="alert">
			{text}
		</span>
	);
}

/** A text field's content without the spaces around it. */
export function textOf(data: FormData, name: string): string {
	const value = data.get(name);
	return typeof value === "string" ? value.trim() : "";
}

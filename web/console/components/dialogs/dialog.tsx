import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { strings } from "../../i18n";
import { useConsole } from "../../page/ui";
import { IconButton } from "../button";

interface Props {
	title: string;
	class?: string;
	children: ComponentChildren;
}

/** A modal dialog: the browser's own, so that the focus stays in it, Escape closes it and the focus returns. */
export function Dialog({ title, children, ...rest }: Props) {
	const { ui } = useConsole();
	const element = useRef<HTMLDialogElement>(null);
	const id = useId();
	const close = () => {
		ui.dialog.value = null;
	};
	// Before the next key press: what is typed right after opening belongs to the dialog.
	useLayoutEffect(() => {
		const before = document.activeElement;
		const dialog = element.current;
		dialog?.showModal();
		firstField(dialog)?.focus();
		return () => {
			dialog?.close(); // as long as it is open, nothing beside it takes the focus
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way to close; the browser gives it (cancel).
		<dialog
			ref={element}
			class={`dialog ${rest.class ?? ""}`}
			aria-labelledby={id}
			onCancel={(event) => {
				event.preventDefault();
				close();
			}}
			onClick={(event) => event.target === element.current && close()}
		>
			<div class="dialog-inner">
				<header class="dialog-head">
					<h2 id={id}>{title}</h2>
					<IconButton icon="close" label={strings.value.dialog.close} onClick={close} />
				</header>
				{children}
			</div>
		</dialog>
	);
}

/** What the dialog is there for, not its close button; of a group of radio buttons the chosen one. */
function firstField(dialog: HTMLDialogElement | null): HTMLElement | null {
	const first = dialog?.querySelector<HTMLElement>(".dialog-inner > :not(header) :is(input, select, textarea, button)");
	const own = dialog?.querySelector<HTMLElement>(".dialog-inner > :is(input, select, textarea)") ?? first ?? null;
	if (!(own instanceof HTMLInputElement) || own.type !== "radio") return own;
	return dialog?.querySelector<HTMLElement>(`input[name="${own.name}"]:checked`) ?? own;
}

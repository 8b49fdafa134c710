import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
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
	useEffect(() => {
		const before = document.activeElement;
		element.current?.showModal();
		return () => {
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

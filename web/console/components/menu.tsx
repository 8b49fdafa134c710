import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
	id: string;
	label: string;
	class?: string;
	face: ComponentChildren;
	/** Drawn when open; `close` after something was chosen. */
	children: (close: () => void) => ComponentChildren;
}

/** A button that shows more buttons under it. Escape and a press elsewhere close it; the focus returns. */
export function Menu({ id, label, face, children, ...rest }: Props) {
	const open = useSignal(false);
	const root = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);

	const close = () => {
		open.value = false;
		button.current?.focus();
	};
	useEffect(() => {
		const elsewhere = (event: Event) => {
			if (!root.current?.contains(event.target as Node)) open.value = false;
		};
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key !== "Escape" || !open.peek()) return;
			// Before the console's own Escape, which would leave the conversation.
			event.stopPropagation();
			open.value = false;
			button.current?.focus();
		};
		addEventListener("keydown", onKeyDown, { capture: true });
		addEventListener("pointerdown", elsewhere);
		addEventListener("focusin", elsewhere);
		return () => {
			removeEventListener("keydown", onKeyDown, { capture: true });
			removeEventListener("pointerdown", elsewhere);
			removeEventListener("focusin", elsewhere);
		};
	}, [open]);

	return (
		<div class={`menu ${rest.class ?? ""}`} ref={root}>
			<button
				ref={button}
				type="button"
				class="menu-button"
				aria-label={label}
				title={label}
				aria-expanded={open.value}
				aria-controls={id}
				onClick={() => {
					open.value = !open.value;
				}}
			>
				{face}
			</button>
			{open.value && (
				<div class="menu-list" id={id}>
					{children(close)}
				</div>
			)}
		</div>
	);
}

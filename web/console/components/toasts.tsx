import { strings } from "../i18n";
import { useConsole } from "../page/ui";
import { IconButton } from "./button";

/** Passing messages: how an action went. Failures stay until they are dismissed. */
export function Toasts() {
	const { ui } = useConsole();
	return (
		<>
			<p class="sr" role="status">
				{ui.announcement.value}
			</p>
			<div class="toasts" role="status" aria-live="polite">
				{ui.toasts.value.map(({ id, tone, text }) => (
					<div key={id} class={`toast ${tone}`}>
						<span>{text}</span>
						<IconButton icon="close" label={strings.value.dismiss} onClick={() => ui.dismiss(id)} />
					</div>
				))}
			</div>
		</>
	);
}

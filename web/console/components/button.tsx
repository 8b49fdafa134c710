import type { ComponentChildren } from "preact";
import { strings } from "../i18n";
import { ariaKeys, display, isSingle } from "../keys/combo";
import { type CommandId, KEYMAP } from "../keys/keymap";
import { isPossible, run } from "../page/commands";
import { settings } from "../page/settings";
import { useConsole } from "../page/ui";
import { Icon, type IconName } from "./icons";

interface IconButtonProps {
	icon: IconName;
	label: string;
	onClick: () => void;
	class?: string;
	keys?: readonly string[];
	expanded?: boolean;
	controls?: string;
}

/** A button whose words are for screen readers and the tooltip. */
export function IconButton({ icon, label, onClick, keys, expanded, controls, ...rest }: IconButtonProps) {
	return (
		<button
			type="button"
			class={`icon-button ${rest.class ?? ""}`}
			aria-label={label}
			title={keys?.[0] ? `${label} (${display(keys[0])})` : label}
			aria-keyshortcuts={keys && ariaKeys(keys)}
			aria-expanded={expanded}
			aria-controls={controls}
			onClick={onClick}
		>
			<Icon name={icon} />
		</button>
	);
}

/** Keys of a command that work now: single ones may be turned off. */
export function liveKeys(id: CommandId): string[] {
	return KEYMAP[id].keys.filter((combo) => settings.value.singleKeys || !isSingle(combo));
}

interface CommandButtonProps {
	command: CommandId;
	children?: ComponentChildren;
	class?: string;
	busy?: boolean;
}

/** A button for a command of the table, with its key in the tooltip; absent when the command cannot be done. */
export function CommandButton({ command, children, busy, ...rest }: CommandButtonProps) {
	const console = useConsole();
	if (!isPossible(console, command)) return null;
	const t = strings.value;
	const keys = liveKeys(command);
	const label = t.actions[command as keyof typeof t.actions] as string;
	return (
		<button
			type="button"
			class={`button ${rest.class ?? ""}`}
			aria-keyshortcuts={keys.length ? ariaKeys(keys) : undefined}
			title={keys[0] && `${label} (${display(keys[0])})`}
			aria-busy={busy}
			aria-disabled={busy}
			onClick={() => !busy && run(console, command)}
		>
			{children ?? label}
		</button>
	);
}

/** Keys as they stand on the keyboard. */
export function Keys({ combo }: { combo: string }) {
	return <kbd>{display(combo)}</kbd>;
}

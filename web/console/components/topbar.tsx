import { strings } from "../i18n";
import { ariaKeys } from "../keys/combo";
import { run } from "../page/commands";
import { useConsole } from "../page/ui";
import { Brand } from "./brand";
import { Keys } from "./button";
import { Icon } from "./icons";
import { LinkState } from "./linkstate";
import { Menu } from "./menu";

export function TopBar() {
	const console = useConsole();
	const t = strings.value;
	return (
		<header class="topbar">
			<Brand />
			<button
				type="button"
				class="search-button"
				aria-keyshortcuts={ariaKeys(["Mod+K"])}
				onClick={() => run(console, "palette")}
			>
				<Icon name="search" />
				<span class="search-words">{t.palette.placeholder}</span>
				<Keys combo="Mod+K" />
			</button>
			<LinkState />
			<UserMenu />
		</header>
	);
}

function UserMenu() {
	const console = useConsole();
	const { desk, ui, logout } = console;
	const t = strings.value;
	const { display_name: name, presence } = desk.me.value;
	return (
		<Menu
			id="user-menu"
			class="user"
			label={t.user.menu(name)}
			face={
				<>
					<span class={`presence ${presence}`} aria-hidden="true" />
					<span class="user-name">{name}</span>
				</>
			}
		>
			{(close) => {
				const open = (dialog: "settings" | "keys") => {
					close();
					ui.dialog.value = dialog;
				};
				return (
					<>
						<p class="menu-heading">{t.presence.label}</p>
						{(["online", "away"] as const).map((state) => (
							<button
								key={state}
								type="button"
								class="menu-item"
								aria-pressed={presence === state}
								onClick={() => {
									close();
									void desk.setPresence(state);
								}}
							>
								<span class={`presence ${state}`} aria-hidden="true" /> {t.presence[state]}
							</button>
						))}
						<hr />
						<button type="button" class="menu-item" onClick={() => open("settings")}>
							{t.actions.settings}
						</button>
						<button type="button" class="menu-item" onClick={() => open("keys")}>
							{t.actions.keys} <kbd>?</kbd>
						</button>
						<button type="button" class="menu-item" onClick={logout}>
							{t.actions.logout}
						</button>
					</>
				);
			}}
		</Menu>
	);
}

import { strings } from "../i18n";
import { moment } from "../i18n/format";
import { ariaKeys } from "../keys/combo";
import { now } from "../page/clock";
import { run } from "../page/commands";
import { name } from "../page/names";
import { hrefOf } from "../page/route";
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
			<Overloaded />
			<Notices />
			<UserMenu />
		</header>
	);
}

/** For supervisors, wherever they are: the queue is too long. */
function Overloaded() {
	const { desk } = useConsole();
	const t = strings.value;
	const overload = desk.overload.value;
	return (
		<div class="link-state" role="status">
			{overload && (
				<a class="link-lost" href={hrefOf({ page: "board" })}>
					<Icon name="urgent" />
					<span class="overload-short" aria-hidden="true">
						{overload.waiting}
					</span>
					<span class="overload-words">{t.floor.overload(overload.waiting, overload.to_minutes)}</span>
				</a>
			)}
		</div>
	);
}

/** What colleagues ask me, and what was given to me. Opening the case settles it. */
function Notices() {
	const { desk } = useConsole();
	const t = strings.value;
	const notices = desk.notices.value;
	const about = (id: string) => {
		const summary = desk.summary(id);
		return name(t, summary ?? { id, customer: { name: null, email: null } });
	};
	return (
		<Menu
			id="notices"
			class="notices"
			label={`${t.floor.notices}: ${notices.length}`}
			face={
				<>
					<Icon name="bell" />
					{notices.length > 0 && (
						<span class="badge" aria-hidden="true">
							{notices.length}
						</span>
					)}
				</>
			}
		>
			{(close) => (
				<>
					<p class="menu-heading">{t.floor.notices}</p>
					{notices.length === 0 && <p class="menu-heading">{t.floor.noNotices}</p>}
					{notices.map(({ number, what, conversation, by_name: by, at }) => (
						<a key={number} class="menu-item" href={hrefOf({ conversation })} onClick={close}>
							<span>{(t.floor.notice[what] ?? t.floor.notice.mention)?.(by ?? "", about(conversation))}</span>
							<time dateTime={new Date(at).toISOString()}>{moment(t, at, now.value)}</time>
						</a>
					))}
				</>
			)}
		</Menu>
	);
}

function UserMenu() {
	const console = useConsole();
	const { desk, ui, logout } = console;
	const t = strings.value;
	const { display_name: me, presence } = desk.me.value;
	return (
		<Menu
			id="user-menu"
			class="user"
			label={t.user.menu(me)}
			face={
				<>
					<span class={`presence ${presence}`} aria-hidden="true" />
					<span class="user-name">{me}</span>
				</>
			}
		>
			{(close) => {
				const open = (dialog: "settings" | "account" | "keys") => {
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
						<button type="button" class="menu-item" onClick={() => open("account")}>
							{t.user.account}
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

import { useEffect, useLayoutEffect } from "preact/hooks";
import { strings } from "../i18n";
import { commandFor } from "../keys/keymap";
import { run } from "../page/commands";
import { teams } from "../page/names";
import { route } from "../page/route";
import { settings } from "../page/settings";
import { type Console, ConsoleContext } from "../page/ui";
import { ContextPane } from "./context/context";
import { Dialogs } from "./dialogs/dialogs";
import { ConversationList } from "./list/list";
import { Nav } from "./nav";
import { Practice } from "./practice";
import { Supervision } from "./supervision";
import { ThreadPane } from "./thread/thread";
import { Toasts } from "./toasts";
import { TopBar } from "./topbar";

/** The console after log-in. Which pane a phone shows follows from the route; CSS does the rest. */
export function Shell({ console }: { console: Console }) {
	useShortcuts(console);
	usePresence(console);
	useTeams(console);
	const { page, view, conversation, details } = route.value;
	const practice = view === "practice" && !conversation;
	const pane = page || practice ? "page" : !conversation ? "list" : details ? "details" : "thread";
	return (
		<ConsoleContext.Provider value={console}>
			<div class="shell" data-pane={pane}>
				<TopBar />
				<Nav />
				<main class="panes">
					<h1 class="sr">{strings.value.console}</h1>
					{page ? (
						<Supervision page={page} />
					) : practice ? (
						<Practice />
					) : (
						<>
							<ConversationList />
							<ThreadPane />
							<ContextPane />
						</>
					)}
				</main>
			</div>
			<Dialogs />
			<Toasts />
		</ConsoleContext.Provider>
	);
}

/** Whoever touches the page is there. */
function usePresence({ desk }: Console): void {
	useEffect(() => {
		const touched = () => desk.active();
		const events = ["pointerdown", "keydown", "focus"] as const;
		for (const event of events) addEventListener(event, touched, { passive: true });
		return () => {
			for (const event of events) removeEventListener(event, touched);
		};
	}, [desk]);
}

/** The teams' names; without them their ids are shown. */
function useTeams({ desk }: Console): void {
	useEffect(() => {
		desk.api.colleagues().then(
			(found) => {
				teams.value = found.teams;
			},
			() => {},
		);
	}, [desk]);
}

/**
 * One listener for all keys. An open dialog has its own keys; only the palette's closes it again. It listens before the
 * page is painted: what can be seen can be used.
 */
function useShortcuts(console: Console): void {
	useLayoutEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.defaultPrevented || event.isComposing) return;
			const command = commandFor(event, settings.peek().singleKeys);
			if (!command || (console.ui.dialog.peek() && command !== "palette")) return;
			event.preventDefault();
			run(console, command);
		};
		addEventListener("keydown", onKeyDown);
		return () => removeEventListener("keydown", onKeyDown);
	}, [console]);
}

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { alertAgent, showCount } from "./alerts/alerts";
import { unlockSound } from "./alerts/sound";
import { LoginPage } from "./components/login";
import { Shell } from "./components/shell";
import { type Api, ApiError, type Login } from "./desk/api";
import { Desk, type DeskOptions } from "./desk/desk";
import quietIcon from "./icon.svg?url";
import alertIcon from "./icon-alert.svg?url";
import { clearDrafts } from "./page/drafts";
import { settingsOf } from "./page/settings";
import { type Console, Ui } from "./page/ui";

interface Props {
	api: Api;
	makeLink: (csrf: string, refused: () => void) => DeskOptions["makeLink"];
}

type Session = { is: "asking" } | { is: "out"; expired: boolean } | { is: "in"; console: Console };

/** Log-in page or console, by whether the desk knows who we are. */
export function App({ api, makeLink }: Props) {
	const session = useSignal<Session>({ is: "asking" });

	useEffect(() => {
		addEventListener("pointerdown", unlockSound);
		addEventListener("keydown", unlockSound);
		void resume();
		return () => {
			removeEventListener("pointerdown", unlockSound);
			removeEventListener("keydown", unlockSound);
		};
	}, []);

	async function resume(): Promise<void> {
		try {
			enter(await api.me());
		} catch (error) {
			leave(error instanceof ApiError && error.status === 401 && session.peek().is === "in");
		}
	}

	function enter(login: Login): void {
		settingsOf(login.agent);
		const ui = new Ui();
		const desk: Desk = new Desk({
			api,
			me: login.agent,
			// The desk refuses the session: it has ended, or was renewed elsewhere. Ask who we are.
			makeLink: makeLink(login.csrf, () => void resume()),
			onAlert: (alert) => alertAgent(desk, ui, alert),
		});
		session.value = { is: "in", console: { desk, ui, logout } };
		desk.start();
	}

	function leave(expired: boolean): void {
		const current = session.peek();
		if (current.is === "in") current.console.desk.stop();
		session.value = { is: "out", expired };
	}

	function logout(): void {
		clearDrafts();
		leave(false);
		api.logout().catch(() => {});
	}

	const current = session.value;
	if (current.is === "asking") return null;
	if (current.is === "out") return <LoginPage api={api} expired={current.expired} onLogin={enter} />;
	return <SignedIn key={current.console.desk} console={current.console} />;
}

function SignedIn({ console }: { console: Console }) {
	useEffect(() => showCount(console.desk, { quiet: quietIcon, alert: alertIcon }), [console]);
	return <Shell console={console} />;
}

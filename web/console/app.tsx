import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { alertAgent, showCount } from "./alerts/alerts";
import { unlockSound } from "./alerts/sound";
import { Later } from "./components/later";
import { LoginPage } from "./components/login";
import { Shell } from "./components/shell";
import { type Api, ApiError, type Login } from "./desk/api";
import { Desk, type DeskOptions } from "./desk/desk";
import { setZone } from "./i18n/zone";
import quietIcon from "./icon.svg?url";
import alertIcon from "./icon-alert.svg?url";
import { clearDrafts, draftOf, setDraft } from "./page/drafts";
import { settingsOf } from "./page/settings";
import { type Console, Ui } from "./page/ui";

interface Props {
	api: Api;
	makeLink: (csrf: string, refused: () => void) => DeskOptions["makeLink"];
}

type Session = { is: "asking" } | { is: "due" } | { is: "out"; expired: boolean } | { is: "in"; console: Console };

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

	/** Asks the desk who we are: at the start, and when it has refused the session of the link. */
	async function resume(): Promise<void> {
		const current = session.peek();
		const working = current.is === "in" ? current.console.desk : null;
		const before = api.csrf;
		try {
			const login = await api.me();
			// The same session after all: the link tries again in its own time.
			if (working && login.csrf === before && !login.second_step_due) working.start();
			else enter(login);
		} catch (error) {
			const ended = error instanceof ApiError && error.status === 401;
			if (working && !ended) working.start();
			else leave(working !== null);
		}
	}

	function enter(login: Login): void {
		const current = session.peek();
		if (current.is === "in") close(current.console.desk);
		settingsOf(login.agent);
		setZone(login.zone);
		if (login.second_step_due) {
			session.value = { is: "due" };
			return;
		}
		const ui = new Ui();
		const desk: Desk = new Desk({
			api,
			me: login.agent,
			makeLink: makeLink(login.csrf, () => void resume()),
			onAlert: (alert) => alertAgent(desk, ui, alert),
		});
		session.value = { is: "in", console: { desk, ui, logout } };
		desk.start();
	}

	function leave(expired: boolean): void {
		const current = session.peek();
		if (current.is === "in") close(current.console.desk);
		session.value = { is: "out", expired };
	}

	function logout(): void {
		leave(false);
		clearDrafts();
		api.logout().catch(() => {});
	}

	const current = session.value;
	if (current.is === "asking") return null;
	if (current.is === "due") return <SecondStep api={api} onDone={() => void resume()} onLeave={logout} />;
	if (current.is === "out") return <LoginPage api={api} expired={current.expired} onLogin={enter} />;
	return <SignedIn key={current.console.desk} console={current.console} />;
}

function SecondStep(props: { api: Api; onDone: () => void; onLeave: () => void }) {
	return (
		<main class="login">
			<div class="login-card">
				<Later load={secondStep} props={props} />
			</div>
		</main>
	);
}

const secondStep = () => import("./account/due").then(({ SecondStepDue }) => SecondStepDue);

function SignedIn({ console }: { console: Console }) {
	useEffect(() => showCount(console.desk, { quiet: quietIcon, alert: alertIcon }), [console]);
	return <Shell console={console} />;
}

/** What the desk has not taken goes back to the drafts, where the agent finds it after the next log-in. */
function close(desk: Desk): void {
	desk.stop();
	for (const { conversation, kind, text } of desk.threads.unsent()) {
		const draft = draftOf(conversation, kind);
		setDraft(conversation, kind, draft ? `${text}\n\n${draft}` : text);
	}
}

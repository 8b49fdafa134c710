import { strings } from "../i18n";
import { moment } from "../i18n/format";
import { now } from "../page/clock";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import "./account.css";
import { type Change, useChange } from "./change";
import { words } from "./i18n";
import { Proof, proofOf } from "./proof";
import { SecondStep } from "./secondstep";
import type { Account, Session } from "./wire";

/** My own account: where I am signed in, my password, my second step. */
export function AccountPage() {
	const { desk, ui } = useConsole();
	const account = useLoaded(() => desk.api.read<Account>("/account"));
	const { problem, change } = useChange(desk.api, (done) => {
		if (done) ui.toast("good", done);
		account.again();
	});

	return (
		<Show from={account}>
			{(mine) => (
				<>
					<p class="problem" role="alert">
						{problem.value}
					</p>
					<Sessions sessions={mine.sessions} change={change} />
					<Password account={mine} change={change} />
					<SecondStep account={mine} change={change} />
				</>
			)}
		</Show>
	);
}

function Sessions({ sessions, change }: { sessions: Session[]; change: Change }) {
	const w = words.value;
	const t = strings.value;
	return (
		<section class="account-part" aria-labelledby="account-sessions">
			<h3 id="account-sessions">{w.sessions}</h3>
			<ul class="account-sessions">
				{sessions.map(({ id, device, created_at: since, seen_at: seen, current }) => (
					<li key={id}>
						<p>
							<strong>{device || w.unknownDevice}</strong> {current && <span class="hint">({w.thisOne})</span>}
							<br />
							<span class="hint">{w.since(moment(t, since, now.value), moment(t, seen, now.value))}</span>
						</p>
						{!current && (
							<button
								type="button"
								class="button"
								aria-label={`${w.end}: ${device || w.unknownDevice}`}
								onClick={() => change("end_sessions", { session: id }, w.ended)}
							>
								{w.end}
							</button>
						)}
					</li>
				))}
			</ul>
			{sessions.length > 1 && (
				<button type="button" class="button" onClick={() => change("end_sessions", {}, w.ended)}>
					{w.endOthers}
				</button>
			)}
		</section>
	);
}

function Password({ account, change }: { account: Account; change: Change }) {
	const w = words.value;
	return (
		<form
			class="account-part"
			aria-labelledby="account-password"
			onSubmit={async (event) => {
				event.preventDefault();
				const form = event.currentTarget;
				const wanted = String(new FormData(form).get("new_password") ?? "");
				if (await change("password", { ...proofOf(form), new_password: wanted }, w.changed)) form.reset();
			}}
		>
			<h3 id="account-password">{w.password}</h3>
			<Proof second={account.second_step} />
			<label class="field">
				<span>{w.wanted}</span>
				<input
					name="new_password"
					type="password"
					required
					minLength={account.shortest_password}
					autocomplete="new-password"
					aria-describedby="account-password-hint"
				/>
			</label>
			<p class="hint" id="account-password-hint">
				{w.wantedHint(account.shortest_password)}
			</p>
			<p>
				<button type="submit" class="button">
					{w.change}
				</button>
			</p>
		</form>
	);
}

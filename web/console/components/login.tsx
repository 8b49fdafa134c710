import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Api, ApiError, type Login } from "../desk/api";
import { LOCALES, locale, OWN_NAMES, strings } from "../i18n";
import { change } from "../page/settings";
import { Brand } from "./brand";

interface Props {
	api: Pick<Api, "login">;
	/** The session ended while the agent worked. */
	expired: boolean;
	onLogin: (login: Login) => void;
}

type Problem = "needed" | "badCredentials" | "badCode" | "unreachable" | null;

/** How long to keep still when the desk says "too many" without saying how long. */
const DEFAULT_THROTTLE_S = 30;

export function LoginPage({ api, expired, onLogin }: Props) {
	const t = strings.value;
	const problem = useSignal<Problem>(null);
	const throttled = useThrottle();
	const sending = useSignal(false);
	/** The password was right, and a code is due. */
	const second = useSignal(false);
	const name = useRef<HTMLInputElement>(null);
	const password = useRef<HTMLInputElement>(null);
	const code = useRef<HTMLInputElement>(null);

	useEffect(() => name.current?.focus(), []);
	useEffect(() => code.current?.focus(), [second.value]);

	async function submit(event: Event): Promise<void> {
		event.preventDefault();
		const who = name.current?.value.trim() ?? "";
		const secret = password.current?.value ?? "";
		if (sending.value || throttled.value > 0) return;
		problem.value = who && secret ? null : "needed";
		if (problem.value) return (who ? password : name).current?.focus();
		sending.value = true;
		try {
			onLogin(await api.login(who, secret, code.current?.value.trim()));
		} catch (error) {
			const refused = error instanceof ApiError ? error : null;
			if (refused?.code === "second_step") second.value = true;
			else if (refused?.status === 429) throttled.value = refused.retryAfter || DEFAULT_THROTTLE_S;
			else if (refused?.code === "bad_code") problem.value = "badCode";
			else problem.value = refused && refused.status < 500 ? "badCredentials" : "unreachable";
			(problem.value === "badCode" ? code : password).current?.select();
		} finally {
			sending.value = false;
		}
	}

	const message = throttled.value > 0 ? t.login.throttled(throttled.value) : problem.value && t.login[problem.value];
	return (
		<main class="login">
			<form class="login-card" onSubmit={submit} noValidate aria-labelledby="login-title">
				<Brand />
				<h1 id="login-title">{t.login.title}</h1>
				{expired && <p class="hint">{t.login.expired}</p>}
				<label class="field">
					<span>{t.login.name}</span>
					<input ref={name} name="name" autocomplete="username" autocapitalize="none" spellcheck={false} required />
				</label>
				<label class="field">
					<span>{t.login.password}</span>
					<input ref={password} name="password" type="password" autocomplete="current-password" required />
				</label>
				{second.value && (
					<label class="field">
						<span>{t.login.code}</span>
						<input
							ref={code}
							name="code"
							autocomplete="one-time-code"
							autocapitalize="none"
							spellcheck={false}
							maxLength={20}
							aria-describedby="login-code-hint"
						/>
						<span class="hint" id="login-code-hint">
							{t.login.codeHint}
						</span>
					</label>
				)}
				<p class="problem" role="alert" id="login-problem">
					{message}
				</p>
				<button class="button primary wide" type="submit" aria-disabled={sending.value || throttled.value > 0}>
					{sending.value ? t.login.submitting : t.login.submit}
				</button>
			</form>
			<LanguageSwitch />
		</main>
	);
}

/** Seconds to wait before the next attempt, counting down. */
function useThrottle() {
	const left = useSignal(0);
	useEffect(() => {
		const timer = setInterval(() => {
			if (left.value > 0) left.value -= 1;
		}, 1_000);
		return () => clearInterval(timer);
	}, [left]);
	return left;
}

function LanguageSwitch() {
	return (
		<fieldset class="languages" aria-label={strings.value.settings.language}>
			{LOCALES.map((code) => (
				<button
					key={code}
					type="button"
					class="link-button"
					lang={code}
					aria-pressed={code === locale.value}
					onClick={() => change({ locale: code })}
				>
					{OWN_NAMES[code]}
				</button>
			))}
		</fieldset>
	);
}

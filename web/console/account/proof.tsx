import { words } from "./i18n";

/** What the desk asks for before it changes an account: the password, and a code where there is a second step. */
export function Proof({ second }: { second: boolean }) {
	const w = words.value;
	return (
		<>
			<label class="field">
				<span>{w.current}</span>
				<input name="password" type="password" required autocomplete="current-password" />
			</label>
			{second && <Code />}
		</>
	);
}

/** A recovery code fits, too. */
export function Code() {
	return (
		<label class="field">
			<span>{words.value.code}</span>
			<input
				name="code"
				required
				maxLength={20}
				autocomplete="one-time-code"
				autocapitalize="none"
				spellcheck={false}
			/>
		</label>
	);
}

export function proofOf(form: HTMLFormElement): { password: string; code?: string } {
	const data = new FormData(form);
	const code = data.get("code");
	return { password: String(data.get("password") ?? ""), ...(code === null ? {} : { code: String(code) }) };
}

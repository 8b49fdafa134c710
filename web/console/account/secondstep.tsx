import { useSignal } from "@preact/signals";
import type { Change } from "./account";
import { words } from "./i18n";
import { Code, Proof, proofOf } from "./proof";
import type { Account, Begun, Confirmed } from "./wire";

interface Props {
	account: Account;
	change: Change;
}

/** Off, being set up, just switched on with its recovery codes, or on. */
export function SecondStep({ account, change }: Props) {
	const w = words.value;
	const begun = useSignal<Begun | null>(null);
	const recovery = useSignal<string[] | null>(null);

	async function send(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		const form = event.currentTarget as HTMLFormElement;
		if (begun.value) {
			const code = String(new FormData(form).get("code") ?? "");
			const done = await change<Confirmed>("second_step/confirm", { code });
			if (done) {
				begun.value = null;
				recovery.value = done.recovery;
			}
		} else if (account.second_step) {
			await change("second_step/drop", proofOf(form), w.dropped);
		} else {
			begun.value = await change<Begun>("second_step", proofOf(form));
		}
		form.reset();
	}

	if (recovery.value) return <Recovery codes={recovery.value} onKept={() => (recovery.value = null)} />;
	return (
		<form class="account-part" aria-labelledby="account-step" onSubmit={send}>
			<h3 id="account-step">{w.step}</h3>
			{begun.value ? (
				<Setup begun={begun.value} />
			) : (
				<>
					<p class="hint">{account.second_step ? w.stepOn(account.recovery_left) : w.stepOff}</p>
					<Proof second={account.second_step} />
				</>
			)}
			<p>
				<button type="submit" class="button">
					{begun.value ? w.confirm : account.second_step ? w.drop : w.begin}
				</button>
			</p>
		</form>
	);
}

function Setup({ begun }: { begun: Begun }) {
	const w = words.value;
	return (
		<>
			<p>{w.scan}</p>
			<Picture rows={begun.picture} title={w.picture} />
			<p>
				{w.key}: <code class="account-key">{begun.secret.match(/.{1,4}/g)?.join(" ")}</code>
			</p>
			<Code />
		</>
	);
}

const QUIET = 4;

/** A QR code, dark on light whatever the theme: phones read nothing else. */
function Picture({ rows, title }: { rows: string[]; title: string }) {
	const side = rows.length + 2 * QUIET;
	const dark = rows.flatMap((row, y) =>
		[...row].flatMap((bit, x) => (bit === "1" ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
	);
	return (
		<svg
			class="account-picture"
			role="img"
			aria-label={title}
			viewBox={`0 0 ${side} ${side}`}
			shape-rendering="crispEdges"
		>
			<path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
			<path fill="#000" d={dark.join("")} />
		</svg>
	);
}

function Recovery({ codes, onKept }: { codes: string[]; onKept: () => void }) {
	const w = words.value;
	return (
		<section class="account-part" aria-labelledby="account-recovery">
			<h3 id="account-recovery">{w.step}</h3>
			<p role="status">{w.recovery}</p>
			<ul class="account-codes">
				{codes.map((code) => (
					<li key={code}>
						<code>{code}</code>
					</li>
				))}
			</ul>
			<p>
				<button type="button" class="button primary" onClick={onKept}>
					{w.kept}
				</button>
			</p>
		</section>
	);
}

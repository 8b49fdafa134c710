import { useSignal } from "@preact/signals";
import type { Locale } from "../../shared/protocol";
import { ApiError } from "../desk/api";
import { LOCALES, strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { teams as knownTeams } from "../page/names";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import { Show, useLoaded } from "./loaded";
import { MemberForm } from "./memberform";
import { Presence, Takes } from "./people";
import type { Member, Saved, Staff } from "./wire";

/** Agents and teams: made, changed, switched off. */
export function StaffPage() {
	const { desk, ui } = useConsole();
	const staff = useLoaded(() => desk.api.read<Staff>("/staff"));
	const edited = useSignal<Member | "new" | null>(null);
	const password = useSignal<{ name: string; password: string } | null>(null);
	const w = words.value.staff;

	/** Saves, shows what was made, and asks for everything anew. False: the desk said no, and why. */
	async function save(path: string, body: object, name: string): Promise<boolean> {
		try {
			const saved = await desk.api.save<Saved>(path, body);
			password.value = saved.password ? { name, password: saved.password } : null;
			ui.toast("good", w.saved);
			staff.again();
			desk.api.colleagues().then(
				({ teams }) => {
					knownTeams.value = teams;
				},
				() => {},
			);
			return true;
		} catch (error) {
			ui.toast("bad", error instanceof ApiError && error.message ? error.message : strings.peek().refused);
			return false;
		}
	}

	return (
		<Show from={staff}>
			{(all) => (
				<>
					{password.value && (
						<p class="banner" role="status">
							{w.password(password.value.name)} <code class="secret">{password.value.password}</code>
						</p>
					)}
					<section class="block" aria-label={words.value.board.agents}>
						<div class="block-head">
							<h3>{words.value.board.agents}</h3>
							<button
								type="button"
								class="button"
								onClick={() => {
									edited.value = "new";
								}}
							>
								{w.add}
							</button>
						</div>
						{edited.value && (
							<MemberForm
								key={edited.value === "new" ? "new" : edited.value.id}
								member={edited.value === "new" ? null : edited.value}
								staff={all}
								onClose={() => {
									edited.value = null;
								}}
								onSave={async (body, name) => {
									if (await save("/staff/agent", body, name)) edited.value = null;
								}}
							/>
						)}
						<ul class="seats">
							{all.agents.map((member) => (
								<MemberRow
									key={member.id}
									member={member}
									onEdit={() => {
										edited.value = member;
									}}
									onSave={(change) => void save("/staff/agent", { id: member.id, ...change }, member.name)}
								/>
							))}
						</ul>
					</section>
					<Teams staff={all} onSave={(body) => save("/staff/team", body, "")} />
				</>
			)}
		</Show>
	);
}

interface RowProps {
	member: Member;
	onEdit: () => void;
	onSave: (change: object) => void;
}

function MemberRow({ member, onEdit, onSave }: RowProps) {
	const { desk } = useConsole();
	const w = words.value.staff;
	const me = member.id === desk.me.value.id;
	return (
		<li class={member.active ? "seat" : "seat off"}>
			<p class="seat-head">
				<strong>{member.name}</strong>
				<span class="hint">
					{member.login} · {w.roles[member.role]} · {w.capacity}: {member.capacity}
				</span>
				{member.active ? <Presence of={member.presence} /> : <span class="chip">{w.inactive}</span>}
			</p>
			<Takes seat={member} />
			<p class="seat-actions">
				<NamedButton word={w.edit} of={member.name} onClick={onEdit} />
				{!me && (
					<>
						<NamedButton word={w.newPassword} of={member.name} onClick={() => onSave({ new_password: true })} />
						{member.second_step && (
							<NamedButton word={w.noSecondStep} of={member.name} onClick={() => onSave({ no_second_step: true })} />
						)}
						<NamedButton
							word={member.active ? w.deactivate : w.activate}
							of={member.name}
							onClick={() => onSave({ active: !member.active })}
						/>
					</>
				)}
			</p>
		</li>
	);
}

/** One of several buttons with the same word: whom it is about is said to those who do not see the row. */
function NamedButton({ word, of, onClick }: { word: string; of: string; onClick: () => void }) {
	return (
		<button type="button" class="button" aria-label={`${word}: ${of}`} onClick={onClick}>
			{word}
		</button>
	);
}

function Teams({ staff, onSave }: { staff: Staff; onSave: (body: object) => Promise<boolean> }) {
	const t = strings.value;
	const w = words.value.staff;
	const adding = useSignal(false);
	return (
		<section class="block" aria-label={w.teams}>
			<div class="block-head">
				<h3>{w.teams}</h3>
				<button
					type="button"
					class="button"
					aria-expanded={adding.value}
					onClick={() => {
						adding.value = !adding.value;
					}}
				>
					{w.addTeam}
				</button>
			</div>
			{adding.value && (
				<form
					class="sheet"
					onSubmit={async (event) => {
						event.preventDefault();
						const data = new FormData(event.currentTarget);
						const names = Object.fromEntries(LOCALES.map((code) => [code, String(data.get(code) ?? "").trim()]));
						if (await onSave({ names })) adding.value = false;
					}}
				>
					{LOCALES.map((code) => (
						<label key={code} class="field">
							<span>{w.teamName(wordFor(t.languages, code))}</span>
							<input name={code} required maxLength={64} />
						</label>
					))}
					<p class="seat-actions">
						<button type="submit" class="button primary">
							{w.save}
						</button>
					</p>
				</form>
			)}
			<ul class="lines">
				{staff.teams.map(({ id, names, active }) => (
					<li key={id}>
						<span>{names[t.locale as Locale]}</span>
						<span class="hint">
							{w.members}: {staff.agents.filter((agent) => agent.active && agent.teams.includes(id)).length}
						</span>
						<NamedButton
							word={active ? w.deactivate : w.activate}
							of={names[t.locale as Locale]}
							onClick={() => void onSave({ id, names, active: !active })}
						/>
					</li>
				))}
			</ul>
		</section>
	);
}

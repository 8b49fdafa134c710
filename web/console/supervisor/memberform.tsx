import { useLayoutEffect, useRef } from "preact/hooks";
import { LOCALES, OWN_NAMES, strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { teamName } from "../page/names";
import { words } from "./i18n";
import type { Member, Staff } from "./wire";

interface Props {
	/** Null: a new one. */
	member: Member | null;
	staff: Staff;
	onSave: (body: object, name: string) => void;
	onClose: () => void;
}

/** An agent's account: name, role, what the agent takes and how much at a time. */
export function MemberForm({ member, staff, onSave, onClose }: Props) {
	const t = strings.value;
	const w = words.value.staff;
	const form = useRef<HTMLFormElement>(null);
	useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
	const roles = staff.roles.includes(member?.role ?? "agent") ? staff.roles : [member?.role ?? "agent"];
	const teams = staff.teams.filter(({ id, active }) => active || member?.teams.includes(id));
	return (
		<form
			ref={form}
			class="sheet"
			aria-label={member ? `${w.edit}: ${member.name}` : w.add}
			onSubmit={(event) => {
				event.preventDefault();
				const body = read(new FormData(event.currentTarget), member);
				onSave(body, body.display_name);
			}}
		>
			<label class="field">
				<span>{w.login}</span>
				<input name="name" required maxLength={64} defaultValue={member?.login} autocomplete="off" />
			</label>
			<label class="field">
				<span>{w.name}</span>
				<input name="display_name" required maxLength={64} defaultValue={member?.name} autocomplete="off" />
			</label>
			<label class="field">
				<span>{w.role}</span>
				<select name="role" defaultValue={member?.role ?? "agent"}>
					{roles.map((role) => (
						<option key={role} value={role} selected={role === (member?.role ?? "agent")}>
							{w.roles[role]}
						</option>
					))}
				</select>
			</label>
			<label class="field">
				<span>{w.capacity}</span>
				<input name="capacity" type="number" min={1} max={50} required defaultValue={String(member?.capacity ?? 4)} />
			</label>
			<Choices
				title={w.languages}
				name="languages"
				chosen={member?.languages ?? []}
				all={LOCALES.map((code) => [code, OWN_NAMES[code]])}
			/>
			<Choices
				title={w.teams}
				name="teams"
				chosen={member?.teams ?? []}
				all={teams.map(({ id }) => [id, teamName(t, id)])}
			/>
			<Choices
				title={w.skills}
				name="skills"
				chosen={member?.skills ?? []}
				all={staff.skills.map((skill) => [skill, wordFor(t.floor.skills, skill)])}
			/>
			<p class="hint wide">{w.nothingMeansAll}</p>
			<p class="seat-actions wide">
				<button type="button" class="button" onClick={onClose}>
					{w.cancel}
				</button>
				<button type="submit" class="button primary">
					{w.save}
				</button>
			</p>
		</form>
	);
}

interface ChoicesProps {
	title: string;
	name: string;
	chosen: readonly string[];
	all: readonly (readonly [string, string])[];
}

function Choices({ title, name, chosen, all }: ChoicesProps) {
	return (
		<fieldset class="choices">
			<legend>{title}</legend>
			{all.map(([value, label]) => (
				<label key={value} class="choice">
					<input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
					{label}
				</label>
			))}
		</fieldset>
	);
}

function read(data: FormData, member: Member | null) {
	const text = (name: string) => String(data.get(name) ?? "").trim();
	const list = (name: string) => data.getAll(name).map(String);
	return {
		...(member ? { id: member.id } : {}),
		name: text("name"),
		display_name: text("display_name"),
		...(member?.role === text("role") ? {} : { role: text("role") }),
		capacity: Number(text("capacity")),
		languages: list("languages"),
		teams: list("teams"),
		skills: list("skills"),
	};
}

import { useSignal } from "@preact/signals";
import { askPermission, permission } from "../../alerts/notices";
import { type Chime, play } from "../../alerts/sound";
import { LOCALES, locale, OWN_NAMES, strings } from "../../i18n";
import { change, type SendKey, type Settings, settings, type Theme } from "../../page/settings";
import { Dialog } from "./dialog";

export function SettingsDialog() {
	const t = strings.value;
	const { theme, sendKey } = settings.value;
	return (
		<Dialog title={t.settings.title} class="settings">
			<Choice
				name="theme"
				legend={t.settings.appearance}
				value={theme}
				options={(["system", "light", "dark"] as Theme[]).map((value) => [value, t.settings.themes[value]])}
				onChange={(value) => change({ theme: value })}
			/>
			<Choice
				name="locale"
				legend={t.settings.language}
				value={locale.value}
				options={LOCALES.map((code) => [code, OWN_NAMES[code]])}
				onChange={(value) => change({ locale: value })}
			/>
			<Choice
				name="send"
				legend={t.settings.sendKey}
				value={sendKey}
				options={(["enter", "mod"] as SendKey[]).map((value) => [value, t.settings.sendKeys[value]])}
				onChange={(value) => change({ sendKey: value })}
			/>
			<fieldset class="choices">
				<legend>{t.keys.title}</legend>
				<Toggle name="singleKeys" label={t.settings.shortcuts} />
				<p class="hint">{t.settings.shortcutsHint}</p>
			</fieldset>
			<Alerts />
		</Dialog>
	);
}

function Alerts() {
	const t = strings.value;
	return (
		<fieldset class="choices">
			<legend>{t.settings.alerts}</legend>
			<p class="hint">{t.settings.alertsHint}</p>
			<Toggle name="soundWaiting" label={t.settings.soundWaiting} sound="waiting" />
			<Toggle name="soundMessage" label={t.settings.soundMessage} sound="message" />
			<DesktopNotices />
		</fieldset>
	);
}

/** The browser is asked only when the agent presses the button. */
function DesktopNotices() {
	const t = strings.value;
	const state = useSignal(permission());
	const ask = async () => {
		state.value = await askPermission();
		if (state.value === "granted") change({ desktop: true });
	};
	switch (state.value) {
		case "granted":
			return <Toggle name="desktop" label={`${t.settings.desktop}: ${t.settings.desktopOn}`} />;
		case "default":
			return (
				<p>
					<button type="button" class="button" onClick={ask}>
						{t.settings.desktopAllow}
					</button>
				</p>
			);
		default:
			return <p class="hint">{state.value === "denied" ? t.settings.desktopDenied : t.settings.desktopNone}</p>;
	}
}

interface ChoiceProps<Value extends string> {
	name: string;
	legend: string;
	value: Value;
	options: readonly (readonly [Value, string])[];
	onChange: (value: Value) => void;
}

function Choice<Value extends string>({ name, legend, value, options, onChange }: ChoiceProps<Value>) {
	return (
		<fieldset class="choices">
			<legend>{legend}</legend>
			{options.map(([option, label]) => (
				<label key={option} class="choice">
					<input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
					{label}
				</label>
			))}
		</fieldset>
	);
}

type Switch = { [Key in keyof Settings]: Settings[Key] extends boolean ? Key : never }[keyof Settings];

function Toggle({ name, label, sound }: { name: Switch; label: string; sound?: Chime }) {
	const t = strings.value;
	return (
		<div class="toggle-row">
			<label class="choice">
				<input
					type="checkbox"
					checked={settings.value[name]}
					onChange={(event) => change({ [name]: event.currentTarget.checked })}
				/>
				{label}
			</label>
			{sound && (
				<button
					type="button"
					class="link-button"
					aria-label={`${t.settings.testSound}: ${label}`}
					onClick={() => play(sound)}
				>
					{t.settings.testSound}
				</button>
			)}
		</div>
	);
}

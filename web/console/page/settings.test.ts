import { beforeEach, describe, expect, it } from "vitest";
import { locale } from "../i18n";
import { LIISA } from "../testing";
import { clearDrafts, draftOf, drafts, setDraft } from "./drafts";
import { applySettings, change, settings, settingsOf } from "./settings";

beforeEach(() => localStorage.clear());

describe("settings", () => {
	it("are each agent's own", () => {
		settingsOf(LIISA);
		change({ theme: "dark", sendKey: "mod" });
		settingsOf({ ...LIISA, id: "a_kadri", locale: "et" });
		expect(settings.value).toMatchObject({ theme: "system", sendKey: "enter", locale: "et" });

		settingsOf(LIISA);

		expect(settings.value).toMatchObject({ theme: "dark", sendKey: "mod", locale: "fi" });
	});

	it("ignore what does not fit, as of another version", () => {
		localStorage.setItem(
			"aspa.console.a_liisa",
			'{"theme": "pink", "singleKeys": "yes", "soundWaiting": false, "other": 1}',
		);

		settingsOf(LIISA);

		expect(settings.value).toMatchObject({ theme: "system", singleKeys: true, soundWaiting: false });
		expect(settings.value).not.toHaveProperty("other");
	});

	it("set the page's language and appearance", () => {
		const stop = applySettings();
		settingsOf(LIISA);

		change({ theme: "dark", locale: "et" });

		expect(locale.value).toBe("et");
		expect(document.documentElement.lang).toBe("et");
		expect(document.documentElement.dataset.theme).toBe("dark");
		stop();
	});
});

describe("drafts", () => {
	it("are kept by conversation and kind until they are cleared", () => {
		setDraft("c_1", "reply", "Hei");
		setDraft("c_1", "note", "muista");
		setDraft("c_2", "reply", "Moi");
		setDraft("c_2", "reply", "");

		expect([draftOf("c_1", "reply"), draftOf("c_1", "note"), draftOf("c_2", "reply")]).toEqual(["Hei", "muista", ""]);
		expect(sessionStorage.getItem("aspa.drafts")).toContain("muista");

		clearDrafts();
		expect(drafts.value).toEqual({});
		expect(sessionStorage.getItem("aspa.drafts")).toBe("{}");
	});
});

/**
 * What a shop's page loads: <aspa-chat> with its button, and nothing else until the customer opens it. It has to stay under
 * 1 kB compressed, so it imports nothing at run time. scripts/build.mjs puts in the panel's address.
 */
import type { PanelHandle } from "./panel";
import css from "./styles/launcher.css?inline";

declare const __PANEL__: string;

/** The desk is where this script came from; a shop that loads it as a module says so with the attribute `desk`. */
const source = (document.currentScript as HTMLScriptElement)?.src;
const labels: Record<string, string> = { fi: "Kysy meiltä", et: "Küsi meilt", en: "Ask us" };
const icon =
	'<svg viewBox="0 0 12 12" width=22 fill=none stroke=currentColor aria-hidden=true><path d="M2 9.5v-7h8V8H4z"/></svg><span></span>';

customElements.define(
	"aspa-chat",
	class extends HTMLElement {
		static observedAttributes = ["locale"];
		/** Set when the button is there. Its name is short because it cannot be shortened by the build. */
		private f: (() => void) | undefined;

		attributeChangedCallback() {
			this.f?.();
		}

		connectedCallback() {
			if (this.f) return;
			const root = this.attachShadow({ mode: "open" });
			const button = document.createElement("button");
			const sheet = new CSSStyleSheet();
			const get = (name: string) => this.getAttribute(name);
			let panel: Promise<PanelHandle | undefined> | undefined;

			const load = () => {
				const desk = new URL(get("desk") ?? source).origin;
				panel ??= import(/* @vite-ignore */ desk + __PANEL__)
					.then(({ mount }) => mount(this, button, desk))
					// Without a network the next press tries again.
					.catch(() => {
						panel = undefined;
					});
				return panel;
			};
			this.f = () => {
				const tag = (get("locale") || document.documentElement.lang || navigator.language).slice(0, 2);
				if (panel) panel.then((mounted) => mounted?.follow(tag));
				else (button.lastChild as HTMLElement).textContent = labels[tag] ?? "Ask us";
			};

			sheet.replaceSync(css);
			root.adoptedStyleSheets = [sheet];
			Object.assign(button, {
				part: "launcher",
				innerHTML: icon,
				onclick: () => load().then((mounted) => mounted?.toggle()),
			});
			this.f();
			// Someone who has written before is told of new answers, when the page has had its time.
			try {
				if (get("mode") === "page") load();
				else {
					root.append(button);
					if (localStorage["aspa-chat"]) setTimeout(load, 1500);
				}
			} catch {}
		}
	},
);

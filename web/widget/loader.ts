/**
 * What a shop's page loads: <aspa-chat> with its button, and nothing else until the customer opens it. It has to stay under
 * 1 kB compressed, so it imports nothing at run time. scripts/build.mjs puts in the panel's address.
 */
import type { PanelHandle } from "./panel";
import css from "./styles/launcher.css?inline";

declare const __PANEL__: string;

const source = (document.currentScript as HTMLScriptElement | null)?.src;
const labels: Record<string, string> = { fi: "Kysy meiltä", et: "Küsi meilt", en: "Ask us" };
const icon =
	'<svg viewBox="0 0 24 24" width=22 fill=none stroke=currentColor stroke-width=1.7 aria-hidden=true><path d="M4 19V5h16v11H8zM8 11q4-4 8 0"/></svg><span></span>';

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
			let panel: Promise<PanelHandle> | undefined;

			const load = (): Promise<PanelHandle> => {
				const desk = new URL(get("desk") ?? source ?? location.href).origin;
				panel ??= import(/* @vite-ignore */ desk + __PANEL__).then(({ mount }) => mount(this, button, desk));
				// Without a network the next press tries again.
				panel.catch(() => {
					panel = undefined;
				});
				return panel;
			};
			const follow = () => {
				const tag = (get("locale") || document.documentElement.lang || navigator.language).slice(0, 2);
				if (panel) panel.then((mounted) => mounted.follow(tag));
				else (button.lastChild as HTMLElement).textContent = labels[tag] ?? "Ask us";
			};

			sheet.replaceSync(css);
			root.adoptedStyleSheets = [sheet];
			button.part.add("launcher");
			button.innerHTML = icon;
			button.ariaExpanded = "false";
			button.onclick = () => load().then((mounted) => mounted.toggle());
			follow();
			this.f = follow;
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

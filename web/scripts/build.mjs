/**
 * Builds everything into dist/, which the desk serves: the widget's panel, then the loader that knows the panel's hashed name,
 * then the pages. The widget is built apart from the pages so that its first load is one file that shares nothing with them.
 */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** Browsers of the last two years: light-dark(), checkVisibility(), inert lists of one's own style sheets. */
const target = ["chrome123", "firefox120", "safari17.5"];
const base = { configFile: false, root: at(""), logLevel: "warn" };

async function buildPanel() {
	const { output } = await build({
		...base,
		build: {
			target,
			emptyOutDir: false,
			manifest: "widget.json",
			// The preload helper would look for the chunks on the shop's own origin.
			modulePreload: false,
			rolldownOptions: {
				input: { panel: at("widget/panel.tsx") },
				// Late parts import from the entry, so that the first load stays one file.
				preserveEntrySignatures: "allow-extension",
				output: { entryFileNames: "assets/panel-[hash].js", chunkFileNames: "assets/panel-[name]-[hash].js" },
			},
		},
	});
	return output.find((chunk) => chunk.isEntry).fileName;
}

function buildLoader(panel) {
	return build({
		...base,
		define: { __PANEL__: JSON.stringify(`/${panel}`) },
		build: {
			target,
			emptyOutDir: false,
			lib: { entry: at("widget/loader.ts"), formats: ["iife"], name: "aspa", fileName: () => "widget.js" },
		},
	});
}

await rm(at("dist"), { recursive: true, force: true });
await buildLoader(await buildPanel());
process.chdir(at(""));
await build({ logLevel: "warn" });

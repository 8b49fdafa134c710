/**
 * Builds everything into dist/ (or the folder given as first argument), which the desk serves: the widget's panel, then the loader that knows the panel's hashed name,
 * then the pages. The widget is built apart from the pages so that its first load is one file that shares nothing with them.
 */
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** Browsers of the last two years: light-dark(), checkVisibility(), inert lists of one's own style sheets. */
const target = ["chrome123", "firefox120", "safari17.5"];
const outDir = resolve(process.argv[2] ?? at("dist"));
const base = { configFile: false, root: at(""), logLevel: "warn" };

/**
 * Vite wraps each import() to preload style sheets and chunks, from the page's own origin. The widget has no style sheets and
 * lives on other origins, so its imports stay as they are; the wrapper would cost 1.4 kB besides.
 */
const plainImports = {
	name: "plain-imports",
	enforce: "pre",
	load: (id) => (id.endsWith("vite/preload-helper.js") ? "export const __vitePreload = (load) => load();" : null),
};

async function buildPanel() {
	const { output } = await build({
		...base,
		plugins: [plainImports],
		build: {
			target,
			outDir,
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
			outDir,
			emptyOutDir: false,
			lib: { entry: at("widget/loader.ts"), formats: ["iife"], name: "aspa", fileName: () => "widget.js" },
		},
	});
}

await rm(outDir, { recursive: true, force: true });
await buildLoader(await buildPanel());
process.chdir(at(""));
await build({ logLevel: "warn", build: { outDir } });

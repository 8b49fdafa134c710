import { existsSync } from "node:fs";
import { defineConfig } from "vite";
import { shopData } from "./scripts/shop-data.mjs";

/** The pages; scripts/build.mjs builds the widget. A page that does not exist yet is left out. */
const pages = ["console/index.html", "demo/index.html"].filter((page) => existsSync(page));

export default defineConfig({
	plugins: [shopData()],
	build: {
		target: "es2022",
		emptyOutDir: false,
		manifest: "pages.json",
		// Served by the desk under a policy that knows no data: scripts.
		assetsInlineLimit: 0,
		rolldownOptions: { input: pages },
	},
});

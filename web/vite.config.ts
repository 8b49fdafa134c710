import { existsSync } from "node:fs";
import { defineConfig } from "vite";

const pages = ["console/index.html", "demo/index.html"].filter((page) => existsSync(page));

export default defineConfig({
	build: {
		target: "es2022",
		sourcemap: false,
		rolldownOptions: { input: pages },
	},
});

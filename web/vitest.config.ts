import { defineConfig } from "vitest/config";
import { shopData } from "./scripts/shop-data.mjs";

export default defineConfig({
	test: {
		projects: [
			{
				plugins: [shopData()],
				test: {
					name: "unit",
					environment: "happy-dom",
					include: ["**/*.test.{ts,tsx}"],
					exclude: ["node_modules", "dist"],
				},
			},
			{
				test: {
					name: "browser",
					include: ["browser/**/*.browser.ts"],
					globalSetup: "browser/setup.ts",
					testTimeout: 60_000,
					// A browser shares two cores with all else; a test that needs its second try is named in the output.
					retry: 1,
				},
			},
		],
	},
});

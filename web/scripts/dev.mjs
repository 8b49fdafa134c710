/** `npm run dev`: builds, serves the build with the miniature desk, and builds again when a source changes. */
import { spawnSync } from "node:child_process";
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";
import { startDesk } from "./dev-desk.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const build = () => spawnSync(process.execPath, [at("build.mjs")], { stdio: "inherit" });

build();
const desk = await startDesk({ port: Number(process.env.PORT ?? 5173) });
console.log(`The demo shop with the widget: ${desk.origin}/`);

let soon;
for (const folder of ["../shared", "../widget", "../demo", "../console"]) {
	watch(at(folder), { recursive: true }, () => {
		clearTimeout(soon);
		soon = setTimeout(build, 200);
	});
}

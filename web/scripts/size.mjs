/** Fails when a client has outgrown its budget. Sizes are gzip -9, in bytes; 1 kB is 1,000. */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/** The entry with everything that it loads at once, and everything else. */
function parts(manifestName, entry) {
	const manifest = JSON.parse(readFileSync(new URL(manifestName, dist)));
	const first = new Set();
	const follow = (name) => {
		if (first.has(name)) return;
		first.add(name);
		for (const next of manifest[name].imports ?? []) follow(next);
	};
	follow(entry);
	const files = (names) => [...new Set(names.flatMap((name) => [manifest[name].file, ...(manifest[name].css ?? [])]))];
	const reached = new Set();
	const reach = (name) => {
		if (reached.has(name)) return;
		reached.add(name);
		for (const next of [...(manifest[name].imports ?? []), ...(manifest[name].dynamicImports ?? [])]) reach(next);
	};
	reach(entry);
	return { first: files([...first]), all: files([...reached]) };
}

const sum = (files) => files.map(size).reduce((a, b) => a + b, 0);
const loader = size("widget.js");
const panel = parts("widget.json", "widget/panel.tsx");
// A customer reads one language: the largest of the three counts for the first load.
const languages = panel.all.filter((file) => /panel-(fi|et|en)-/.test(file));
const budgets = [
	["widget: loader", loader, 1_000],
	["widget: first load", loader + sum(panel.first) + Math.max(...languages.map(size)), 15_000],
	["widget: everything", loader + sum(panel.all), 45_000],
];
const pages = existsSync(new URL("pages.json", dist)) ? JSON.parse(readFileSync(new URL("pages.json", dist))) : {};
if (pages["console/index.html"]) {
	budgets.push(["console: first load", sum(parts("pages.json", "console/index.html").first), 80_000]);
}

for (const [name, bytes, budget] of budgets) {
	const over = bytes > budget;
	console.log(`${over ? "TOO LARGE" : "ok       "}  ${name.padEnd(20)} ${String(bytes).padStart(6)} of ${budget}`);
	if (over) process.exitCode = 1;
}

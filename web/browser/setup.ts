import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	interface ProvidedContext {
		dist: string;
	}
}

/** The checks look at a build of their own, so that no other build can pull it from under them. */
export default function setup(project: TestProject) {
	const dist = join(mkdtempSync(join(tmpdir(), "aspa-web-")), "dist");
	execFileSync(process.execPath, ["scripts/build.mjs", dist], { stdio: "inherit" });
	project.provide("dist", dist);
	return () => rmSync(join(dist, ".."), { recursive: true });
}

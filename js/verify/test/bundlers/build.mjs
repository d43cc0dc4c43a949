// Builds a project's main.js as an author of a site would, with what a bundler does by itself:
//
//	node build.mjs PROJECT
//
// into PROJECT/vite and PROJECT/webpack.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import webpack from "webpack";

const project = process.argv[2];
const page = (script) => `<!DOCTYPE html><html lang="en"><title>npm</title><p id="about"></p><script type="module" src="${script}"></script></html>`;

await writeFile(join(project, "index.html"), page("/main.js"));
await build({ root: project, logLevel: "warn", build: { outDir: "vite" } });

await mkdir(join(project, "webpack"), { recursive: true });
await writeFile(join(project, "webpack", "index.html"), page("/main.js"));
const stats = await new Promise((done, failed) => {
  webpack({ context: project, mode: "production", entry: "./main.js", output: { path: join(project, "webpack") } }, (e, s) => (e ? failed(e) : done(s)));
});
if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));

// Builds dist/: the loader under a stable name, everything else under hashed names in assets/.
// The loader is a classic script (any page can embed it with one tag), so it is built last and
// is told the hashed name of the panel that it fetches on first open.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = "dist";
const LANGUAGES = ["sv-latt", "en", "fi", "ar", "so", "uk"]; // each a file of its own, fetched when wanted
const LIMITS = { loader: 12 * 1024, panel: 60 * 1024, language: 8 * 1024 }; // bytes after gzip
const common = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning" };

async function buildAssets() {
  const { metafile } = await build({
    ...common,
    entryPoints: {
      panel: "src/widget/panel.ts",
      desk: "src/desk/desk.ts",
      editor: "src/editor/editor.ts",
      records: "src/records/records.ts",
      page: "src/shared/page.css",
    },
    outdir: join(DIST, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    format: "esm",
    splitting: true,
    metafile: true,
  });
  return metafile.outputs;
}

function outputOf(outputs, entry) {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === entry);
  if (!found) throw new Error(`build: no output for ${entry}`);
  return found[0];
}

/** A file and every chunk that it imports before it can run. */
function withImports(outputs, path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind === "import-statement") withImports(outputs, next, seen);
  }
  return seen;
}

async function buildLoader(panel) {
  await build({
    ...common,
    entryPoints: ["src/widget/loader.ts"],
    outfile: join(DIST, "kommunbot.js"),
    format: "iife",
    define: { PANEL_PATH: JSON.stringify(`assets/${basename(panel)}`) },
  });
}

async function pageTexts() {
  const { outputFiles } = await build({
    entryPoints: ["src/texts/sv.ts"], bundle: true, format: "esm", write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return (await import(`data:text/javascript;base64,${code}`)).pageTexts;
}

async function buildPages(assets) {
  const values = { ...(await pageTexts()), ...assets };
  for (const name of await readdir("pages")) {
    const template = await readFile(join("pages", name), "utf8");
    const html = template.replace(/\{\{(\w+)\}\}/g, (_, key) => {
      if (!(key in values)) throw new Error(`pages/${name}: unknown text {{${key}}}`);
      return values[key];
    });
    await writeFile(join(DIST, name), html);
  }
}

async function gzipBytes(paths) {
  const files = await Promise.all([...paths].map((path) => readFile(path)));
  return files.reduce((sum, file) => sum + gzipSync(file).length, 0);
}

function check(name, bytes, limit = Infinity) {
  console.log(`${name.padEnd(8)}${(bytes / 1024).toFixed(1).padStart(6)} kB gzip`);
  if (bytes > limit) throw new Error(`${name} is over its limit of ${limit / 1024} kB`);
}

async function report(outputs, panel, { desk, editor, records }) {
  const sizes = {
    loader: await gzipBytes([join(DIST, "kommunbot.js")]),
    panel: await gzipBytes(withImports(outputs, panel)),
    desk: await gzipBytes(withImports(outputs, desk)),
    editor: await gzipBytes(withImports(outputs, editor)),
    records: await gzipBytes(withImports(outputs, records)),
  };
  for (const [name, bytes] of Object.entries(sizes)) check(name, bytes, LIMITS[name]);
  for (const language of LANGUAGES) {
    const file = outputOf(outputs, `src/texts/${language}.ts`);
    check(language, await gzipBytes(withImports(outputs, file)), LIMITS.language);
  }
}

await rm(DIST, { recursive: true, force: true });
await mkdir(join(DIST, "assets"), { recursive: true });
const outputs = await buildAssets();
const panel = outputOf(outputs, "src/widget/panel.ts");
const desk = outputOf(outputs, "src/desk/desk.ts");
const editor = outputOf(outputs, "src/editor/editor.ts");
const records = outputOf(outputs, "src/records/records.ts");
const css = outputOf(outputs, "src/shared/page.css");
await buildLoader(panel);
await buildPages({
  deskScript: `assets/${basename(desk)}`,
  editorScript: `assets/${basename(editor)}`,
  recordsScript: `assets/${basename(records)}`,
  pageStyle: `assets/${basename(css)}`,
});
await report(outputs, panel, { desk, editor, records });

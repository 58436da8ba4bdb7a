// Writes ../static/vendor: the two bundles, the fonts, their licences and a manifest of hashed names.
// The site reads the manifest; without it pages use system fonts, a plain textarea and no script.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "vendor");
const modules = join(here, "node_modules");

// Characters that each file covers, so that a page without them never asks for it.
const LATIN =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329," +
  "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
const CYRILLIC = "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116";
const FONTS = [
  { family: "Public Sans", name: "public-sans-latin", from: "public-sans", weight: "100 900", range: LATIN },
  { family: "Literata", name: "literata-latin", from: "literata", weight: "200 900", range: LATIN },
  { family: "Literata", name: "literata-cyrillic", from: "literata", weight: "200 900", range: CYRILLIC },
  { family: "JetBrains Mono", name: "jetbrains-mono-latin", from: "jetbrains-mono", weight: "100 800", range: LATIN },
];

const manifest = {};

/** Write bytes under a name that changes with them, and enter it in the manifest. */
async function put(name, bytes) {
  const [stem, ending] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf("."))];
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  manifest[name] = `${stem}.${hash}${ending}`;
  const path = join(out, manifest[name]);
  await writeFile(path, bytes);
  if (ending !== ".woff2") {
    await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    await writeFile(`${path}.br`, brotliCompressSync(bytes));
  }
}

async function bundle(entry, name) {
  const result = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  await put(name, result.outputFiles[0].contents);
}

/** Every installed package that ends up in what we ship, with its licence in full. */
async function licences() {
  const lock = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
  const parts = [];
  for (const [folder, entry] of Object.entries(lock.packages).sort()) {
    if (folder === "" || entry.dev || entry.optional) continue;
    const files = await readdir(join(here, folder));
    const file = files.find((name) => /^licen[cs]e/i.test(name));
    if (!file) throw new Error(`${folder}: no licence file; say where its licence is before shipping it`);
    const text = await readFile(join(here, folder, file), "utf8");
    parts.push(`${folder.replace("node_modules/", "")} ${entry.version} (${entry.license})\n\n${text.trim()}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const faces = [];
for (const font of FONTS) {
  const file = join(modules, "@fontsource-variable", font.from, "files", `${font.name}-wght-normal.woff2`);
  await put(`${font.name}.woff2`, await readFile(file));
  faces.push(
    `@font-face{font-family:"${font.family}";font-style:normal;font-weight:${font.weight};font-display:optional;` +
      `src:url(${manifest[`${font.name}.woff2`]}) format("woff2");unicode-range:${font.range}}`,
  );
}
await put("fonts.css", Buffer.from(faces.join("\n") + "\n"));
await bundle("site.js", "site.js");
await bundle("editor.js", "editor.js");
await writeFile(join(out, "THIRD_PARTY.txt"), await licences());
await writeFile(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");

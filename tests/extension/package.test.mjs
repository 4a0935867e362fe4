/** The extension's files against each other: manifest, catalogue, pages, code. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { PROBLEMS } from "../../extension/problems.js";

const ROOT = new URL("../../extension/", import.meta.url);
const PROJECT = fileURLToPath(new URL("../", ROOT));
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const manifest = JSON.parse(read("manifest.json"));
const files = readdirSync(ROOT, { recursive: true }).filter((path) => statSync(new URL(path, ROOT)).isFile());
const locales = readdirSync(new URL("_locales/", ROOT));
const messages = JSON.parse(read("_locales/en/messages.json"));

/** Every key that the manifest, the pages and the code name. */
function usedKeys() {
  const found = new Set(Object.keys(PROBLEMS).flatMap((code) => [`problem_${code}_title`, `problem_${code}_cause`, `problem_${code}_next`]));
  for (const path of files.filter((one) => /\.(?:js|html|json)$/.test(one) && !one.startsWith("_locales"))) {
    const text = read(path).replaceAll(/\/\*\*[^]*?\*\//g, "");
    const patterns = [
      /__MSG_(\w+)__/g,
      /data-i18n(?:-placeholder)?="(\w+)"/g,
      /(?:message|getMessage)\(\s*"(\w+)"/g,
      /\btitle: "(\w+)"/g,
      /\? "(options_\w+)" : "(options_\w+)"/g,
      /"((?:menu|rule|options_sites)_\w+)"/g,
    ];
    for (const pattern of patterns) {
      for (const [, ...keys] of text.matchAll(pattern)) keys.filter(Boolean).forEach((key) => found.add(key));
    }
  }
  return found;
}

test("every text that is used stands in the catalogue, and none is left over", () => {
  assert.deepEqual([...usedKeys()].sort(), Object.keys(messages).sort());
});

test("every catalogue has the same keys and placeholders", () => {
  const shape = (catalogue) =>
    Object.entries(catalogue)
      .map(([key, { placeholders = {} }]) => [key, Object.keys(placeholders).sort()])
      .sort();
  for (const locale of locales) {
    assert.deepEqual(shape(JSON.parse(read(`_locales/${locale}/messages.json`))), shape(messages), locale);
  }
});

for (const locale of locales) {
  const catalogue = JSON.parse(read(`_locales/${locale}/messages.json`));
  const texts = Object.entries(catalogue).map(([key, { message }]) => [key, message]);

  test(`${locale}: every placeholder that a text names is declared, and means the same as in English`, () => {
    for (const [key, { message, placeholders = {} }] of Object.entries(catalogue)) {
      const named = [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase());
      assert.deepEqual([...new Set(named)].sort(), Object.keys(placeholders).sort(), key);
      assert.deepEqual(placeholders, messages[key].placeholders ?? {}, key);
    }
  });

  test(`${locale}: no text is empty, and the stores take the description`, () => {
    for (const [key, text] of texts) assert.match(text, /\S/, key);
    assert.ok(catalogue.extension_description.message.length <= 132);
  });

  test(`${locale}: the names of settings and the addresses stay as they are`, () => {
    const technical = (text) => [...new Set(text.match(/PERSONAE_\w+|https?:\/\/[\w.:]+\w/g))].sort();
    for (const [key, text] of texts) assert.deepEqual(technical(text), technical(messages[key].message), key);
  });

  if (locale === "en") continue;
  test(`${locale}: every sentence is translated`, () => {
    for (const [key, text] of texts) {
      if (/\s\S+\s/.test(messages[key].message)) assert.notEqual(text, messages[key].message, key);
    }
  });
}

const textsOf = (locale) => Object.values(JSON.parse(read(`_locales/${locale}/messages.json`))).map(({ message }) => message);

test("French sets a narrow space before double punctuation and inside quotation marks", () => {
  for (const text of textsOf("fr")) assert.doesNotMatch(text, /(?<!\u202f)[;!?»]|(?<!\u202f):(?=\s|$)|«(?!\u202f)|'/, text);
});

test("German and Spanish use quotation marks of their own, in pairs", () => {
  for (const [locale, pair] of [["de", /„[^„“]*“/g], ["es", /“[^“”]*”/g]]) {
    for (const text of textsOf(locale)) assert.doesNotMatch(text.replaceAll(pair, ""), /[„“”"]/, text);
  }
});

test("Arabic runs from right to left, and keeps addresses and values apart from it", () => {
  const arabic = JSON.parse(read("_locales/ar/messages.json"));
  assert.equal(arabic.language_direction.message, "rtl");
  for (const text of textsOf("ar")) {
    assert.doesNotMatch(text, /[,;?]/, text);
    for (const name of ["ADDRESS", "SITE", "PLACE"]) {
      assert.equal(text.split(`$${name}$`).length, text.split(`\u2068$${name}$\u2069`).length, text);
    }
  }
});

test("no page has a text of its own", () => {
  for (const page of files.filter((path) => path.endsWith(".html"))) {
    const body = read(page).replace(/^[\s\S]*<body>/, "");
    assert.equal(body.replace(/<[^>]*>/g, "").trim(), "", page);
  }
});

test("no page has an inline script, style or handler, which its policy forbids", () => {
  for (const page of files.filter((path) => path.endsWith(".html"))) {
    assert.doesNotMatch(read(page), /<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/, page);
  }
});

test("permissions are those that the privacy page explains, and no more", () => {
  assert.deepEqual(manifest.permissions, ["activeTab", "scripting", "storage", "contextMenus"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*", "http://localhost/*"]);
  const explained = readFileSync(new URL("../docs/extension.md", ROOT), "utf8");
  for (const permission of [
    ...manifest.permissions,
    ...manifest.host_permissions,
    ...manifest.optional_host_permissions,
    ...Object.values(manifest.browser_specific_settings.gecko.data_collection_permissions).flat(),
  ]) {
    assert.ok(explained.includes(`\`${permission}\``), permission);
  }
});

test("the policy allows only the extension's own code, and http backends in Firefox too", () => {
  const policy = manifest.content_security_policy.extension_pages;
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  assert.doesNotMatch(policy, /upgrade-insecure-requests|unsafe|wasm|data:|\*/);
});

test("every file that the manifest names is there", () => {
  const named = [
    ...Object.values(manifest.icons),
    ...Object.values(manifest.action.default_icon),
    manifest.background.service_worker,
    ...manifest.background.scripts,
    manifest.options_ui.page,
  ];
  for (const path of named) assert.ok(files.includes(path), path);
});

/** Both stores' packages, built anew: each path in them with its bytes, in the order of the archive. */
function buildPackages(context) {
  const folder = mkdtempSync(join(tmpdir(), "personae-packages-"));
  context.after(() => rmSync(folder, { recursive: true }));
  execFileSync("python3", ["-m", "tools.package_extension", "--out", folder], { cwd: PROJECT });
  const built = readdirSync(folder).sort();
  return Object.fromEntries(built.map((name) => [name, { path: join(folder, name), bytes: readFileSync(join(folder, name)) }]));
}

/** The files of an archive whose entries are stored as they are, with what else an entry says. */
function entries(zip) {
  const found = [];
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50; ) {
    const [size, nameLength, extraLength] = [zip.readUInt32LE(at + 22), zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28)];
    const start = at + 30 + nameLength + extraLength;
    const time = zip.readUInt32LE(at + 10);
    found.push({ name: zip.toString("utf8", at + 30, at + 30 + nameLength), content: zip.subarray(start, start + size), extraLength, time });
    at = start + size;
  }
  return found;
}

test("both stores' packages are the same bytes when they are built again", (context) => {
  const [once, again] = [buildPackages(context), buildPackages(context)];
  assert.deepEqual(Object.keys(once), [`personae-chromium-${manifest.version}.zip`, `personae-firefox-${manifest.version}.zip`]);
  for (const name of Object.keys(once)) assert.ok(once[name].bytes.equals(again[name].bytes), name);
});

test("a package holds the extension's files, sorted and undated, and nothing for tests or stores", (context) => {
  const own = files.filter((path) => !path.startsWith("store") && !path.endsWith(".svg")).sort();
  for (const { bytes } of Object.values(buildPackages(context))) {
    const packed = entries(bytes);
    assert.deepEqual(packed.map(({ name }) => name), own);
    for (const { name, content, extraLength, time } of packed) {
      assert.deepEqual([extraLength, time], [0, (1 << 21) | (1 << 16)], name);
      if (name !== "manifest.json") assert.ok(content.equals(readFileSync(new URL(name, ROOT))), name);
    }
  }
});

test("each package's manifest has its own browser's part and all that both share", (context) => {
  const [chromium, firefox] = Object.values(buildPackages(context)).map(({ bytes }) =>
    JSON.parse(entries(bytes).find(({ name }) => name === "manifest.json").content.toString("utf8")),
  );
  assert.deepEqual(chromium.background, { service_worker: "background.js", type: "module" });
  assert.deepEqual(firefox.background, { scripts: ["background.js"], type: "module" });
  assert.deepEqual({ ...firefox, ...chromium, background: manifest.background }, manifest);
  assert.ok(!("browser_specific_settings" in chromium));
  assert.ok(!("minimum_chrome_version" in firefox));
});

test("Firefox's linter finds nothing in its package, not even a warning", (context) => {
  const [, { path }] = Object.values(buildPackages(context));
  const linter = fileURLToPath(new URL("../node_modules/.bin/addons-linter", ROOT));
  const { summary } = JSON.parse(execFileSync(linter, ["--output", "json", path], { encoding: "utf8" }));
  assert.deepEqual(summary, { errors: 0, notices: 0, warnings: 0 });
});

test("the stores' texts explain every permission and fit their forms", () => {
  const store = (name) => read(`store/${name}`);
  for (const permission of [
    ...manifest.permissions,
    ...manifest.host_permissions,
    ...manifest.optional_host_permissions,
    ...Object.values(manifest.browser_specific_settings.gecko.data_collection_permissions).flat(),
  ]) {
    assert.ok(store("permissions.md").includes(`\`${permission}\``), permission);
  }
  const summary = /^## Summary\n\n(.+)\n$/m.exec(store("listing.md"))[1];
  assert.equal(summary, messages.extension_description.message);
});

test("the stores' pictures have the sizes that they ask for", () => {
  const size = (path) => {
    const png = readFileSync(new URL(path, ROOT));
    return [png.readUInt32BE(16), png.readUInt32BE(20)];
  };
  const screenshots = files.filter((path) => /^store\/\d.*\.png$/.test(path));
  assert.equal(screenshots.length, 5);
  for (const path of screenshots) assert.deepEqual(size(path), [1280, 800], path);
  assert.deepEqual(size("store/tile.png"), [440, 280]);
  for (const [edge, path] of Object.entries(manifest.icons)) assert.deepEqual(size(path), [Number(edge), Number(edge)]);
});

test("the extension has the version of the project", () => {
  const project = readFileSync(new URL("../pyproject.toml", ROOT), "utf8");
  assert.equal(manifest.version, /^version = "([^"]+)"$/m.exec(project)[1]);
});

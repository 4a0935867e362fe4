/**
 * Readability.js and Defuddle, asked page by page over standard input and output.
 *
 * The first line out says who is here: {name: version}. Then every line in is a
 * request {"peer", "html", "url"} and is answered by one line: {"content", "milliseconds"}, or
 * {"error", "milliseconds"} when the peer failed. `content` is the article's HTML, "" when there is none.
 * The clock runs from the page's HTML to the article's HTML, so that starting Node and loading the peers
 * costs nothing. Nothing is fetched.
 */

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { Readability } from "@mozilla/readability";
import { Defuddle } from "defuddle/node";
import { JSDOM, VirtualConsole } from "jsdom";
import { parseHTML } from "linkedom";

// Standard output is ours: what the peers have to say goes to standard error.
console.log = console.info = console.debug = console.error;

/** Each as its README shows; a virtual console keeps jsdom's remarks on style sheets out of the way. */
const PEERS = {
  "Readability.js": {
    package: "@mozilla/readability",
    extract(html, url) {
      const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
      return new Readability(dom.window.document).parse()?.content;
    },
  },
  Defuddle: {
    package: "defuddle",
    async extract(html, url) {
      const { document } = parseHTML(html);
      const article = await Defuddle(document, url, { useAsync: false }); // or it may ask other servers
      return article.content;
    },
  },
};

function versionOf(name) {
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}

async function answer({ peer, html, url }) {
  const start = performance.now();
  try {
    const content = (await PEERS[peer].extract(html, url ?? undefined)) ?? "";
    return { content, milliseconds: performance.now() - start };
  } catch (error) {
    return { error: String(error), milliseconds: performance.now() - start };
  }
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

say(Object.fromEntries(Object.entries(PEERS).map(([name, peer]) => [name, versionOf(peer.package)])));
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  say(await answer(JSON.parse(line)));
}

/** The browser as the extension sees it, in memory. */

/**
 * What `assert.throws` and `assert.rejects` take: a Problem of this code with at least these details.
 * @param {string} code
 * @param {Record<string, unknown>} [detail]
 */
export function problem(code, detail = {}) {
  return (error) => {
    if (error.name !== "Problem" || error.code !== code) throw error;
    for (const [name, value] of Object.entries(detail)) {
      if (error.detail[name] !== value) throw new Error(`${name} is ${JSON.stringify(error.detail[name])}`);
    }
    return true;
  };
}

/**
 * A storage area; like the browsers' it gives copies, and refuses what is over its quota.
 * @param {number} [quota]  bytes of JSON
 */
export function memoryStore(quota = Infinity) {
  const kept = new Map();
  return {
    kept,
    async get(keys) {
      if (keys === null) return structuredClone(Object.fromEntries(kept));
      const defaults = typeof keys === "string" ? { [keys]: undefined } : keys;
      const found = Object.entries(defaults).map(([key, value]) => [key, kept.has(key) ? kept.get(key) : value]);
      return structuredClone(Object.fromEntries(found.filter(([, value]) => value !== undefined)));
    },
    async set(items) {
      if (JSON.stringify([...kept, ...Object.entries(items)]).length > quota) throw new Error("quota exceeded");
      for (const [key, value] of Object.entries(items)) kept.set(key, structuredClone(value));
    },
    async remove(keys) {
      for (const key of [keys].flat()) kept.delete(key);
    },
  };
}

/**
 * @param {object} [options]
 * @param {object[]} [options.tabs]  open tabs
 * @param {(injection: object) => unknown} [options.snapshot]  what the injected script gives, or throws
 * @param {boolean | ((asked: object) => boolean)} [options.permitted]  whether the browser allows what it is asked about
 * @param {boolean} [options.grants]  what the reader answers when asked for a permission
 * @param {string} [options.scheme]  of the extension's own pages
 * @param {() => Promise<void>} [options.openPopup]
 * @param {boolean} [options.openers]  whether tabs know which tab opened them; Firefox for Android refuses the name
 */
export function fakeBrowser({
  tabs = [],
  snapshot = () => ({ html: "<!doctype html><html></html>", url: "https://news.example/story" }),
  permitted = true,
  grants = true,
  scheme = "chrome-extension",
  openPopup = async () => {},
  openers = true,
} = {}) {
  /** @type {unknown[][]} */
  const calls = [];
  const record =
    (name, answer) =>
    async (...given) => {
      calls.push([name, ...given]);
      return answer?.(...given);
    };
  const find = (id) => {
    const tab = tabs.find((one) => one.id === id);
    if (!tab) throw new Error(`No tab with id: ${id}.`);
    return { ...tab };
  };
  /** Content scripts that are registered, by id. */
  const registered = new Map();
  const register = async (scripts) => {
    for (const script of scripts) registered.set(script.id, script);
  };
  /** Who waits for tabs to load. */
  const listeners = new Set();
  return {
    calls,
    registered,
    listeners,
    /** A tab has come to show a page. */
    loaded: (id, url) => [...listeners].forEach((listener) => listener(id, { status: "complete" }, { id, url })),
    /** @param {string} name */
    called: (name) => calls.filter(([one]) => one === name).map(([, ...given]) => given),
    /** What was put into pages, in order: the lists of files, and the names of functions. */
    injected: () => calls.filter(([one]) => one === "executeScript").map(([, { files, func }]) => files ?? func.name),
    action: {
      setBadgeText: record("setBadgeText"),
      setBadgeBackgroundColor: record("setBadgeBackgroundColor"),
      setTitle: record("setTitle"),
      setPopup: record("setPopup"),
      openPopup: record("openPopup", openPopup),
    },
    i18n: { getMessage: (key) => key },
    contextMenus: { create: record("createMenu") },
    permissions: {
      contains: record("contains", (asked) => (typeof permitted === "function" ? permitted(asked) : permitted)),
      request: record("request", () => grants),
      remove: record("removePermission", () => true),
    },
    runtime: {
      getURL: (path) => `${scheme}://id/${path}`,
      getManifest: () => ({ host_permissions: ["http://127.0.0.1/*", "http://localhost/*"] }),
    },
    scripting: {
      executeScript: record("executeScript", async (injection) => [{ result: await snapshot(injection) }]),
      getRegisteredContentScripts: async ({ ids }) => ids.filter((id) => registered.has(id)).map((id) => registered.get(id)),
      registerContentScripts: register,
      updateContentScripts: register,
      unregisterContentScripts: async ({ ids }) => ids.forEach((id) => registered.delete(id)),
    },
    storage: { local: memoryStore(), session: memoryStore() },
    tabs: {
      get: async (id) => find(id),
      update: record("update"),
      goBack: record("goBack"),
      create: record("create", ({ url, openerTabId }) => {
        if (openerTabId !== undefined && !openers) throw new Error('Property "openerTabId" is unsupported by Firefox');
        return { id: 100, url };
      }),
      onUpdated: { addListener: (listener) => listeners.add(listener), removeListener: (listener) => listeners.delete(listener) },
    },
  };
}

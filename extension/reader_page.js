/**
 * Runs in the backend's article pages, and nowhere else: passes on the reader's wish to keep an article's
 * pictures, and the answer. A classic script, in a world of its own. It sends nothing of the page.
 */
(() => {
  const root = document.documentElement;
  // In Chromium no page of an extension opens in a private window, and nothing of one is kept.
  if (chrome.extension.inIncognitoContext) return;
  root.dataset.personaeExtension = "";

  document.addEventListener("personae:keep-pictures", () => chrome.runtime.sendMessage({ type: "keep-pictures" }));

  chrome.runtime.onMessage.addListener((message, sender) => {
    if (sender.id !== chrome.runtime.id || message?.type !== "pictures-kept") return;
    const detail = { kept: Number(message.kept), missing: Number(message.missing) };
    // Firefox shows a page nothing of what an extension made, but for what is cloned for it.
    const { cloneInto } = /** @type {any} */ (globalThis);
    const shown = cloneInto ? cloneInto(detail, document.defaultView) : detail;
    document.dispatchEvent(new CustomEvent("personae:pictures-kept", { detail: shown }));
  });
})();

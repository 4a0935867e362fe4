/**
 * Runs at the sites with an "always" rule, and nowhere else: reports when a story was opened.
 *
 * A story is a page that calls itself one (`og:type`, or exactly one article in its JSON-LD; lists
 * hold several) and is not the front page. It was opened when the reader went there: not with Back or
 * Forward, not by loading it again. A classic script; the value is whether the page is a story.
 */
(() => {
  const ARTICLE = /(?:Article|BlogPosting)$/;

  /** @returns {boolean} */
  function isStory() {
    if (location.pathname === "/") return false;
    const type = document.querySelector('meta[property="og:type" i]')?.getAttribute("content") ?? "";
    return /^article\b/i.test(type.trim()) || articlesInData() === 1;
  }

  /** @returns {number} how many articles the page's JSON-LD describes at its top */
  function articlesInData() {
    const scripts = [...document.querySelectorAll('script[type="application/ld+json" i]')];
    return scripts.flatMap((script) => topNodes(script.textContent ?? "")).filter(isArticle).length;
  }

  /**
   * @param {string} json
   * @returns {any[]}
   */
  function topNodes(json) {
    try {
      const nodes = [JSON.parse(json)].flat();
      return nodes.flatMap((node) => node?.["@graph"] ?? node);
    } catch {
      return []; // what the page wrote there is no JSON: it says nothing
    }
  }

  /** @param {any} node */
  function isArticle(node) {
    return [node?.["@type"]].flat().some((type) => ARTICLE.test(String(type)));
  }

  const story = isStory();
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (story && navigation?.type === "navigate") {
    const report = () => chrome.runtime.sendMessage({ type: "story-opened" });
    // A page that the browser loads ahead has not been opened by anybody yet.
    if (/** @type {any} */ (document).prerendering) document.addEventListener("prerenderingchange", report, { once: true });
    else report();
  }
  return story;
})();

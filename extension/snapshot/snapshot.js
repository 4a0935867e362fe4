/**
 * The page as the reader's browser has it, as one string of HTML.
 *
 * The last of the scripts of this folder, which `scripting.executeScript` puts into a page one after the
 * other, handing on what the last expression gives: `SNAPSHOT` in ../reading.js has their order. Classic
 * scripts, because injected files cannot be modules. After just_selection.js it takes down what is
 * selected, and nothing else of the body.
 *
 * It writes the string while walking the live tree and never touches that tree: nothing is cloned
 * into it, set on it or measured by changing it. What the string holds:
 *
 *   - `<html data-personae-snapshot="1">`, then `<meta charset>` and `<base href>` of the document;
 *   - elements that the browser does not render stand empty and carry `data-personae-hidden=""`:
 *     computed `display: none`, or their content skipped because of `content-visibility: hidden`
 *     (`hidden="until-found"`). Text that is covered, clipped, blurred, transparent or
 *     `visibility: hidden` is rendered, so it stays as it is; so does the content of a closed
 *     `<details>`, which a click shows;
 *   - open shadow roots in place of their hosts' children, slots filled with what is assigned;
 *   - frames of the same origin that show text of some length, as a `<div>` in their place;
 *   - images with the source that the browser chose, and the size at which it shows them.
 *
 * Left out: scripts (JSON-LD stays), styles, style sheets, comments, templates, event handlers,
 * what was typed or chosen in a form, data: URIs above 2 KB, blob: URLs, all other frames, and all
 * of `<noscript>` but its images (its text is not rendered). Where scripts are off, what it holds stands
 * in its place.
 *
 * Large pages are mostly plain. So the browser writes the content of an element in one piece, and only
 * what needs one of these steps is cut out of it and written by hand.
 */

var WAIT_FOR_PARSER_MS = 5000;

/**
 * @param {Element} root
 * @returns {string}
 * @throws {TooLarge}
 */
var wholePage = (root) => {
  /** @param {Place} place */
  const written = (place) => {
    const output = new Output(false);
    write([{ node: root, parent: null, place }], output, null);
    return output.parts.join("");
  };
  // As XML the browser would write another syntax.
  if (!/^text\//i.test(contentType(document)) || !tagsStandOut()) return written(OUTSIDE);
  try {
    return written(COPYING);
  } catch (error) {
    // Nodes that only scripts can make, such as a comment with "-->" in it.
    if (error instanceof OutOfStep) return written(OUTSIDE);
    throw error;
  }
};

/**
 * @param {Element} root
 * @returns {string | null} the page's head, and of its body the selection; null when there is none
 * @throws {TooLarge}
 */
var justSelection = (root) => {
  const ranges = selectedIn(document);
  const body = ranges.length > 0 ? bodyOf(ownerDocument(ranges[0].startContainer)) : null;
  if (body === null) return null;
  const output = new Output(true);
  const html = keptAttributes("html", root).set("data-personae-snapshot", "1").set("data-personae-selection", "");
  output.put(startTag("html", html));
  output.patient = false;
  const head = querySelector.call(root, "head");
  if (head) write([{ node: head, parent: root, place: OUTSIDE }], output, null);
  output.patient = true;
  output.put("<body>");
  for (const script of querySelectorAll.call(root, "body script")) output.put(structuredData(script));
  const before = output.length;
  const base = baseURI(body) === baseURI(document) ? null : baseURI(body);
  for (const range of ranges) {
    const nodes = drawnChildren(body, "body").map((node) => ({ node, parent: body, place: { ...OUTSIDE, base } }));
    write(nodes, output, new Selected(range, body));
  }
  if (output.length === before) return null;
  output.put("</body></html>");
  return output.parts.join("");
};

(/** @returns {Promise<import("../reading.js").Snapshot>} */ async () => {
  try {
    if (readyState(document) === "loading") {
      await new Promise((resolve) => {
        document.addEventListener("DOMContentLoaded", resolve, { once: true });
        setTimeout(resolve, WAIT_FOR_PARSER_MS);
      });
    }
    const type = contentType(document);
    const root = documentElement(document);
    if (!root || namespace(root) !== HTML || !HTML_TYPES.test(type)) {
      return { trouble: "not_html", detail: type };
    }
    const onlySelection = Reflect.get(globalThis, "personaeJustSelection") === true;
    Reflect.deleteProperty(globalThis, "personaeJustSelection");
    const html = onlySelection ? justSelection(root) : wholePage(root);
    if (html === null) return { trouble: "nothing_selected", detail: "" };
    return { html, url: location.href };
  } catch (error) {
    if (error instanceof TooLarge) return { trouble: "page_too_large", detail: String(MAX_CHARACTERS / 1_000_000) };
    return { trouble: "snapshot_failed", detail: String(error) };
  }
})();

/**
 * The reader page's own scripts, fetched once its text is on the screen: asked for before, dozens of requests would
 * keep the browser from drawing it. A classic script at the end of the body.
 */
"use strict";

(() => {
  const load = () => {
    const scripts = document.getElementById("scripts");
    if (scripts instanceof HTMLTemplateElement) document.head.append(scripts.content);
  };
  // Of a page that nobody sees no frame is drawn. Two: the first is still on its way when the second begins.
  if (document.hidden) load();
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(load)));
})();

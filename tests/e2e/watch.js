// Watch everything that can be changed about a page, also in its frames and open shadow roots. Gives a
// function that tells how often its DOM was changed since, which events there were, and whether all is as it was.
() => {
  const shadowOf = e => Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot").get.call(e);
  const rootsIn = page => [page, ...[...page.querySelectorAll("*")].flatMap(e => shadowOf(e) ? rootsIn(shadowOf(e)) : [])];
  const documents = [document, ...[...document.querySelectorAll("iframe")].flatMap(e => e.contentDocument ?? [])];
  const roots = documents.flatMap(rootsIn);
  const all = documents.flatMap(one => [...one.querySelectorAll("*")]);
  const path = node => node === null ? null : node.parentNode ? [...path(node.parentNode), [...node.parentNode.childNodes].indexOf(node)] : [];
  const states = () => JSON.stringify([
    roots.map(root => (root.documentElement ?? root).innerHTML),
    documents.map(one => one.documentElement.outerHTML),
    all.map(e => [e.localName, shadowOf(e) !== null, ...e.getAttributeNames().map(name => [name, e.getAttribute(name)])]),
    all.map(e => [e.value, e.checked, e.selected, e.open, e.scrollTop, e.scrollLeft, e.currentSrc].map(String)),
    roots.map(root => path(root.activeElement)),
    documents.map(one => {
      const { anchorNode, anchorOffset, focusNode, focusOffset, rangeCount } = one.getSelection();
      return [path(anchorNode), anchorOffset, path(focusNode), focusOffset, rangeCount];
    }),
    documents.map(one => [one.defaultView.scrollX, one.defaultView.scrollY, one.title, one.URL]),
    history.length, Object.keys(window),
  ]);
  const before = states();
  let changes = 0;
  const observer = new MutationObserver(records => { changes += records.length; });
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  roots.forEach(root => observer.observe(root, everything));
  const events = [];
  for (const type of ["focus", "blur", "scroll", "selectionchange", "slotchange", "load", "input", "change", "toggle"]) {
    documents.forEach(one => one.addEventListener(type, () => events.push(type), true));
  }
  return () => [changes + observer.takeRecords().length, events, before === states()];
}

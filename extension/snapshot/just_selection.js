/**
 * Injected before the others of this folder, in the extension's own world where the page's scripts see nothing of
 * it: what that takes down then is the selection.
 */
Reflect.set(globalThis, "personaeJustSelection", true);

// The try page works without this: here a page can be dropped anywhere, and is read at once.
"use strict";

(() => {
  const form = document.querySelector("form.try");
  const zone = document.querySelector(".drop");
  const file = document.querySelector("#file");
  if (!(form instanceof HTMLFormElement) || !zone || !(file instanceof HTMLInputElement)) return;

  /**
   * Return the files that are dragged; null where it is text or a link, which is dropped into a field as anywhere.
   * @param {DragEvent} event
   */
  const filesOf = ({ dataTransfer }) => (dataTransfer?.types.includes("Files") ? dataTransfer.files : null);

  /** @param {DragEvent} event */
  const onDrag = (event) => {
    if (!filesOf(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  };
  document.addEventListener("dragenter", onDrag);
  document.addEventListener("dragover", onDrag);
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    const files = filesOf(event);
    if (!files) return;
    event.preventDefault();
    zone.classList.remove("over");
    if (files.length === 0) return;
    file.files = files;
    form.requestSubmit();
  });
  file.addEventListener("change", () => {
    if (file.files?.length) form.requestSubmit();
  });
})();

// The try page works without this: here a page can be dropped anywhere, and is read at once.
"use strict";

const form = document.querySelector("form.try");
const zone = document.querySelector(".drop");
const file = document.querySelector("#file");

/** Text and links are dropped into a field as anywhere. */
const holdsFiles = (event) => event.dataTransfer.types.includes("Files");

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) zone.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  zone.classList.remove("over");
  if (event.dataTransfer.files.length === 0) return;
  file.files = event.dataTransfer.files;
  form.requestSubmit();
});
file.addEventListener("change", () => {
  if (file.files.length > 0) form.requestSubmit();
});

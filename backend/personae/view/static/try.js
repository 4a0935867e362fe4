// The try page works without this: here a page can be dropped anywhere, and is read at once.
"use strict";

const form = document.querySelector("form.try");
const zone = document.querySelector(".drop");
const file = document.querySelector("#file");

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) zone.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  zone.classList.remove("over");
  if (event.dataTransfer.files.length === 0) return;
  file.files = event.dataTransfer.files;
  form.requestSubmit();
});
file.addEventListener("change", () => {
  if (file.files.length > 0) form.requestSubmit();
});

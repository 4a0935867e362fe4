/** The bar's menus: one at a time, and a click elsewhere or Escape closes it. */

export function start() {
  const menus = [...document.querySelectorAll(".bar details.menu")];
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    });
  }
}

/**
 * The home page works without this. With it, what asks first asks in a dialog, links are copied by a button, one menu is
 * open at a time, and this browser forgets what it remembers of the articles that the backend forgets.
 */

import { copyText } from "../reader/shared/clipboard.js";
import { isOnlyHere } from "../reader/shared/backend.js";
import { forgetAllArticles, forgetArticleAt } from "../reader/shared/article_storage.js";
import { announce, announceError, findAll } from "../reader/shared/dom.js";
import { start as startMenus } from "../reader/shared/menus.js";
import { showQuestion } from "../reader/shared/question.js";

for (const button of findAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copyText(new URL(button.dataset.link ?? "", location.href).href);
      announce((isOnlyHere ? button.dataset.doneHere : button.dataset.done) ?? "");
    } catch (error) {
      announceError(error);
    }
  });
}

for (const link of findAll("a.ask")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    const address = link.getAttribute("href") ?? "";
    const form = await showQuestion(address);
    // The form is sent as it is: the backend leads back to this page.
    form?.addEventListener("submit", () => {
      const { url } = link.dataset;
      if (url === undefined) forgetAllArticles();
      else forgetArticleAt(url || address.replace(/^\/articles(\/.+)\/forget$/, "/read$1"));
    });
  });
}

startMenus("details.menu");

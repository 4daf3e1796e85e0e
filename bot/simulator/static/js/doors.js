/** Links to the bot, from texts, buttons, QR codes and the guide: who opens them, and what the opened chat says. */

import { act } from "./api.js";
import { deepLink } from "./entities.js";
import { nameOf, state } from "./store.js";
import { showAlert, showPicture } from "./viewer.js";

/** @param {{visitorFor: (person: number) => number, choose: (id: number) => void}} board */
export function doors(board) {
  /** The office's phones show a link, the visitor opens it. @param {number} person @param {string} url */
  function link(person, url) {
    const found = deepLink(url);
    if (!found || found.bot.toLowerCase() !== state.bot.username.toLowerCase()) {
      window.open(/^https?:/i.test(url) ? url : `https://${url}`, "_blank", "noopener,noreferrer");
      return;
    }
    const visitor = board.visitorFor(person);
    board.choose(visitor);
    act(visitor, "text", { text: `/start ${found.payload}`.trim() }).catch((refused) => showAlert(refused.message));
  }

  /** @param {number} person @param {string} source @param {string} name */
  function picture(person, source, name) {
    showPicture(source, name, { visitor: () => nameOf(board.visitorFor(person)), open: (url) => link(person, url) });
  }

  return { link, picture };
}

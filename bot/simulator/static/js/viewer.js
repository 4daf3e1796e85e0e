/** A picture enlarged, and where its QR code leads; and the questions that need an answer before anything else. */

import { deepLink } from "./entities.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { readQr } from "./qr.js";
import { say } from "./words.js";

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("viewer"));
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

/** @param {string} source @param {string} name @param {{visitor: () => string, open: (url: string) => void}} acts */
export function showPicture(source, name, acts) {
  const image = make("img", { src: source, alt: name });
  const found = make("div", { class: "found", role: "status" });
  fill(dialog, closing(), image, found);
  dialog.setAttribute("aria-label", say("picture"));
  dialog.showModal();
  image.decode().then(async () => {
    const text = await readQr(image);
    if (text) fill(found, make("p", {}, say("qr")), make("p", { class: "url" }, text), opening(text, acts));
  }).catch(() => {});
}

/** @param {string} text */
export function showAlert(text) {
  dialog.setAttribute("aria-label", text);
  fill(dialog, make("p", { class: "alert" }, text), make("button", { class: "main", type: "button", onclick: () => dialog.close() }, say("ok")));
  dialog.showModal();
}

/** @param {(name: string) => void} add */
export function askName(add) {
  const field = make("input", { name: "name", required: true, maxlength: 64, autocomplete: "off" });
  const form = make("form", { method: "dialog", onsubmit: () => field.value.trim() && add(field.value.trim()) },
    make("label", {}, say("name"), field), make("button", { class: "main" }, say("add")));
  dialog.setAttribute("aria-label", say("add"));
  fill(dialog, closing(), form);
  dialog.showModal();
  field.focus();
}

function closing() {
  return make("button", { class: "round close", type: "button", "aria-label": say("close"), onclick: () => dialog.close() }, icon(ICONS.close));
}

/** @param {string} text @param {{visitor: () => string, open: (url: string) => void}} acts */
function opening(text, acts) {
  if (!deepLink(text)) return "";
  return make("button", { class: "main", type: "button", onclick: () => { dialog.close(); acts.open(text); } }, say("openAs", acts.visitor()));
}

/** One message as a bubble, with its inline keyboard below. Builds elements; what a tap does is told by `acts`. */

import { fileUrl } from "./api.js";
import { formatted } from "./entities.js";
import { icon, ICONS, initial, make } from "./dom.js";
import { clockTime } from "./time.js";
import { say } from "./words.js";

/** @typedef {{command: (text: string) => void, link: (url: string) => void, tap: (message: any, pressed: {data: string} | {button: string}, element: HTMLElement) => void,
 *   edit: (message: any) => void, picture: (source: string, name: string) => void}} Acts */

/** @param {any} chat @param {any} message @param {Acts} acts @returns {HTMLElement} */
export function bubble(chat, message, acts) {
  const mine = !message.from_bot;
  const body = make("div", { class: `bubble kind-${message.kind}` },
    ...media(chat, message, acts), ...words(message, acts), stamp(message, mine));
  const whole = make("article", { class: `message ${mine ? "out" : "in"}`, "aria-label": mine ? say("mine") : say("bots"), data: { id: message.message_id } }, body);
  if (mine && message.kind === "text") body.append(make("button", {
    class: "pen", type: "button", title: say("edit"), "aria-label": say("edit"), onclick: () => acts.edit(message),
  }, icon(ICONS.pen)));
  if (message.rows.length) whole.append(keyboard(message, acts));
  return whole;
}

/** @param {any} message @param {Acts} acts */
function words(message, acts) {
  if (!message.text) return [];
  return [make("div", { class: "text", dir: "auto" }, ...formatted(message.text, message.entities, acts))];
}

/** A card with buttons changes all the time: as Telegram, the page does not call that edited. @param {any} message @param {boolean} mine */
function stamp(message, mine) {
  const edited = message.edited && !message.rows.length;
  const time = clockTime(new Date(message.date));
  return make("span", { class: "time" }, edited ? `${say("edited")} ${time}` : time, mine && icon(ICONS.read));
}

/** @param {any} chat @param {any} message @param {Acts} acts @returns {HTMLElement[]} */
function media(chat, message, acts) {
  const { file, kind, extra } = message;
  if (kind === "contact") return [contact(extra?.contact ?? {})];
  if (!file) return [];
  const source = fileUrl(chat.id, file.file_id);
  if (kind === "photo") return [photo(source, file, acts)];
  if (kind === "voice") return [make("audio", { controls: true, preload: "metadata", src: source, "aria-label": say("voice") })];
  if (kind === "sticker") return [make("div", { class: "sticker", role: "img", "aria-label": say("sticker") }, icon(ICONS.thumb))];
  return [make("a", { class: "file", href: source, download: file.name }, make("span", { class: "disc" }, icon(ICONS.file)),
    make("span", {}, make("strong", { dir: "auto" }, file.name), make("small", {}, `${size(file.size)} · ${say("download")}`)))];
}

/** @param {any} one */
function contact(one) {
  const name = `${one.first_name ?? ""} ${one.last_name ?? ""}`.trim();
  return make("div", { class: "file", role: "group", "aria-label": say("contactOf") }, make("span", { class: "disc" }, initial(name)),
    make("span", {}, make("strong", { dir: "auto" }, name), make("small", {}, one.phone_number ?? "")));
}

/** @param {string} source @param {any} file @param {Acts} acts */
function photo(source, file, acts) {
  const image = make("img", { src: source, alt: say("picture"), width: file.width || 320, height: file.height || 240 });
  return make("button", { class: "photo", type: "button", "aria-label": say("picture"), onclick: () => acts.picture(source, file.name) }, image);
}

/** @param {any} message @param {Acts} acts */
function keyboard(message, acts) {
  return make("div", { class: "keys" }, ...message.rows.map((/** @type {any[]} */ row) =>
    make("div", { class: "row" }, ...row.map((button) => key(message, button, acts)))));
}

/** A tap tells what stood on the key, as Telegram's apps do: the second of two quick ones must not mean what came in its place.
 * @param {any} message @param {any} button @param {Acts} acts */
function key(message, button, acts) {
  const element = make("button", { class: button.url ? "key url" : "key", type: "button" }, make("span", { dir: "auto" }, button.label));
  const pressed = button.data ? { data: button.data } : { button: button.label };  // without data: a kind that the workbench explains
  element.addEventListener("click", () => (button.url ? acts.link(button.url) : acts.tap(message, pressed, element)));
  return element;
}

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${(bytes / 1024).toFixed(0)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

/** What a person does, sent to the control interface. A refusal comes back as an Error with the simulator's own sentence. */

import { say } from "./words.js";

/** @param {string} verb @param {string} path @param {any} [body] @returns {Promise<any>} */
async function ask(verb, path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(`/control/${path}`, {
    method: verb,
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  }).catch(() => { throw new Error(say("offline")); });
  const value = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(value?.error ?? answer.statusText);
  return value;
}

/** @param {number} id @param {string} what @param {any} [body] */
export const act = (id, what, body = {}) => ask("POST", `people/${id}/${what}`, body);
export const addPerson = (/** @type {any} */ person) => ask("POST", "people", person);
export const advance = (/** @type {any} */ target) => ask("POST", "clock/advance", target);
export const press = (/** @type {string} */ action) => ask("POST", `tour/actions/${action}`, {});
export const fileUrl = (/** @type {number} */ chat, /** @type {string} */ id) => `/control/chats/${chat}/files/${encodeURIComponent(id)}`;

/** @param {number} id @param {string} kind @param {File} file @param {string} [caption] */
export function sendFile(id, kind, file, caption = "") {
  const form = new FormData();
  form.append("caption", caption);
  form.append("file", file, file.name);
  return act(id, kind, form);
}

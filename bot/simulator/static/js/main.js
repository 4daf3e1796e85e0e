/** The page: three phones on a wide screen, one on a small one; who is shown where. */

import { act } from "./api.js";
import { clockBar } from "./clock.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { deepLink } from "./entities.js";
import { follow } from "./live.js";
import { peopleList } from "./people.js";
import { phone } from "./phone.js";
import { nameOf, on, state, tell, unread } from "./store.js";
import { tourPanel } from "./tour.js";
import { showAlert, showPicture } from "./viewer.js";
import { current, say, switchLanguage } from "./words.js";

const STAFF = ["coordinator", "administrator"];
const SEEN_MS = 2500;

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The first phone is the visitor's: a participant, a superior, anybody. The others belong to the office. */
const slots = ["visitor", ...STAFF].map((role) => ({ role, phone: phone({ link: follows, picture: looksAt }) }));
let active = 0;
let view = "chat";

const people = peopleList(byId("people"), { choose, shown: () => slots.map((slot) => slot.phone.person()) });
const clock = clockBar(byId("clock"), byId("jump"), choose);
const tour = tourPanel(byId("tour"), choose);
const welcome = make("section", { class: "welcome" });
fill(byId("phones"), welcome, ...slots.map((slot) => slot.phone.element));

/** @param {number} id @returns {number} */
const slotOf = (id) => 1 + STAFF.indexOf(state.people.get(id)?.role ?? "");

/** @param {number} id */
function choose(id) {
  active = slotOf(id);
  slots[active].phone.show(id);
  open("chat");
  arrange();
  tell({ kind: "shown" });
}

/** Everybody who has no phone yet gets the first person who fits. */
function arrange() {
  const everybody = [...state.people.keys()];
  slots.forEach((slot, index) => {
    const first = everybody.find((id) => slotOf(id) === index);
    if (!slot.phone.person() && first) slot.phone.show(first);
    slot.phone.element.hidden = !slot.phone.person();
    slot.phone.element.classList.toggle("active", index === active);
  });
  if (slots[active].phone.element.hidden) active = Math.max(0, slots.findIndex((slot) => !slot.phone.element.hidden));
  slots.forEach((slot, index) => slot.phone.element.classList.toggle("active", index === active));
  byId("board").dataset.phones = String(slots.filter((slot) => !slot.phone.element.hidden).length);
  greet();
  tell({ kind: "shown" });
}

function greet() {
  const alone = !state.people.size;
  welcome.hidden = !alone && state.bot.connected;
  const how = `${location.origin}    123456789:simulator`;
  fill(welcome, ...(state.bot.connected ? [] : [make("h2", {}, say("noBot")), make("p", {}, say("point")), make("pre", {}, how)]),
    alone ? make("p", {}, say("nobody")) : "");
}

/** A link to the bot, from whichever phone: the office's phones show it, the visitor opens it. @param {number} person @param {string} url */
function follows(person, url) {
  const link = deepLink(url);
  if (!link || link.bot.toLowerCase() !== state.bot.username.toLowerCase()) {
    window.open(/^https?:/i.test(url) ? url : `https://${url}`, "_blank", "noopener,noreferrer");
    return;
  }
  const visitor = visitorFor(person);
  choose(visitor);
  act(visitor, "text", { text: `/start ${link.payload}`.trim() }).catch((refused) => showAlert(refused.message));
}

/** @param {number} person @param {string} source @param {string} name */
function looksAt(person, source, name) {
  showPicture(source, name, { visitor: () => nameOf(visitorFor(person)), open: (url) => follows(person, url) });
}

/** @param {number} person */
const visitorFor = (person) => (slotOf(person) === 0 ? person : slots[0].phone.person() || person);

/** On a small screen one thing at a time. @param {string} wanted */
function open(wanted) {
  view = wanted;
  document.body.dataset.view = view;
  tabs();
  for (const slot of slots) slot.phone.seen();
}

function tabs() {
  const waiting = [...state.people.keys()].reduce((sum, id) => sum + unread(id), 0);
  const names = [["people", "people"], ["chat", "phones"], ...(state.tour ? [["tour", "tour"]] : [])];
  byId("tabs").setAttribute("aria-label", say("title"));
  fill(byId("tabs"), ...names.map(([name, word]) => make("button", {
    type: "button", "aria-current": view === name ? "page" : null, data: { view: name }, onclick: () => open(name),
  }, say(word), name === "people" && waiting > 0 && make("span", { class: "badge" }, String(waiting)))));
}

function tools() {
  fill(byId("tools"),
    make("button", { class: "round", type: "button", title: say("theme"), "aria-label": say("theme"), onclick: theme }, icon(ICONS.sun)),
    make("button", { class: "language", type: "button", lang: current() === "id" ? "en" : "id", onclick: translate }, say("language")));
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(/** @type {HTMLElement} */ (element).dataset.word ?? "");
  document.documentElement.lang = current();
  document.title = say("title");
}

function theme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", dark ? "light" : "dark");
}

function translate() {
  switchLanguage();
  tools();
  people.draw();
  clock.draw();
  tour.draw();
  tabs();
  greet();
  for (const slot of slots) slot.phone.relabel();
}

function connection({ connected }) {
  const line = byId("offline");
  line.hidden = false;
  line.textContent = say(connected ? "online" : "offline");
  line.classList.toggle("good", connected);
  if (connected) setTimeout(() => { line.hidden = state.connected; }, SEEN_MS);
}

if (localStorage.getItem("theme")) document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "";
on("people", arrange);
on("bot", greet);
on("connection", connection);
for (const kind of ["chat", "read", "tour", "people"]) on(kind, tabs);
document.addEventListener("visibilitychange", () => slots.forEach((slot) => slot.phone.seen()));
tools();
open("chat");
arrange();
follow();

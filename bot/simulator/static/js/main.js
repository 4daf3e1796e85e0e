/** The page: three phones on a wide screen, one on a small one; who is shown where. */

import { barTools } from "./bar.js";
import { clockBar } from "./clock.js";
import { doors } from "./doors.js";
import { fill, make } from "./dom.js";
import { follow } from "./live.js";
import { peopleList } from "./people.js";
import { phone } from "./phone.js";
import { nameOf, on, state, tell, unread } from "./store.js";
import { nextStep, tourPanel } from "./tour.js";
import { say } from "./words.js";

const STAFF = ["coordinator", "administrator"];
const GUIDE_FOLDED = "guide-folded";

/** @param {string} id @returns {HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const open_ = doors({ visitorFor, choose });
/** The first phone is the visitor's: a participant, a superior, anybody. The others belong to the office. */
const slots = ["visitor", ...STAFF].map((role) => ({ role, phone: phone({ link: open_.link, picture: open_.picture }) }));
let active = 0;
let view = "chat";
let asked = false;

barTools(byId("tools"), byId("offline"), { translated, unfold: () => fold(false) });
const people = peopleList(byId("people"), { choose, shown: () => slots.map((slot) => slot.phone.person()) });
const clock = clockBar(byId("clock"), byId("jump"), choose);
const tour = tourPanel(byId("tour"), { choose, follow: open_.link, fold: () => fold(true) });
const welcome = make("section", { class: "welcome" });
fill(byId("phones"), welcome, ...slots.map((slot) => slot.phone.element));

/** @param {number} id @returns {number} */
function slotOf(id) {
  return 1 + STAFF.indexOf(state.people.get(id)?.role ?? "");
}

/** @param {number} person @returns {number} who opens what this person's phone shows */
function visitorFor(person) {
  return slotOf(person) === 0 ? person : slots[0]?.phone.person() || person;
}

/** @param {number} id */
function choose(id) {
  active = slotOf(id);
  slots[active]?.phone.show(id);
  open("chat");
  arrange();
}

/** Everybody who has no phone yet gets the first person who fits. */
function arrange() {
  const everybody = [...state.people.keys()];
  slots.forEach((slot, index) => {
    const first = everybody.find((id) => slotOf(id) === index);
    if (!slot.phone.person() && first) slot.phone.show(first);
    slot.phone.element.hidden = !slot.phone.person();
  });
  if (slots[active]?.phone.element.hidden) active = Math.max(0, slots.findIndex((slot) => !slot.phone.element.hidden));
  slots.forEach((slot, index) => slot.phone.element.classList.toggle("active", index === active));
  byId("board").dataset.phones = String(slots.filter((slot) => !slot.phone.element.hidden).length);
  greet();
  soon();
  tell({ kind: "shown" });
}

function greet() {
  const alone = !state.people.size;
  welcome.hidden = !alone && state.bot.connected;
  const how = make("dl", {}, make("dt", {}, say("base")), make("dd", {}, make("code", {}, location.origin)),
    make("dt", {}, say("token")), make("dd", {}, make("code", {}, "123456789:simulator")));
  fill(welcome, ...(state.bot.connected ? [] : [make("h2", {}, say("noBot")), make("p", {}, say("point")), how]),
    alone ? make("p", {}, say("nobody")) : "");
}

/** On a small screen one thing at a time. @param {string} wanted */
function open(wanted) {
  view = wanted;
  document.body.dataset.view = view;
  tabs();
  for (const slot of slots) slot.phone.seen();
}

/** The guide can make room for the phones. @param {boolean} away */
function fold(away) {
  document.body.classList.toggle("folded", away);
  localStorage.setItem(GUIDE_FOLDED, away ? "1" : "");
  open(away ? "chat" : view === "chat" ? "tour" : view);
}

/** Badges count at most once a frame, however much comes in. */
function soon() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; tabs(); chips(); });
}

function tabs() {
  const waiting = [...state.people.keys()].reduce((sum, id) => sum + unread(id), 0);
  const next = state.tour && nextStep(state.tour);
  const guide = next ? `${say("tour")}: ${next.title}` : say("tour");
  const names = [["people", say("people")], ["chat", say("phones")], ...(state.tour ? [["tour", guide]] : [])];
  byId("tabs").setAttribute("aria-label", say("title"));
  keepFocus(byId("tabs"), "view", names.map(([name, word]) => make("button", {
    type: "button", "aria-current": view === name ? "page" : null, data: { view: name }, onclick: () => open(/** @type {string} */ (name)),
  }, make("span", {}, word), name === "people" && waiting > 0 && badge(waiting))));
}

/** The phones side by side, where only one has room. */
function chips() {
  const shown = slots.filter((slot) => slot.phone.person());
  byId("chips").hidden = shown.length < 2;
  byId("chips").setAttribute("aria-label", say("phones"));
  keepFocus(byId("chips"), "chip", shown.map(({ phone: { person } }) => {
    const role = state.people.get(person())?.role ?? "";
    const count = unread(person());
    return make("button", {
      type: "button", "aria-pressed": String(slots[active]?.phone.person() === person()), data: { chip: person() }, onclick: () => choose(person()),
    }, make("span", {}, make("strong", { dir: "auto" }, nameOf(person())), " ", role ? make("small", {}, say(role)) : ""), count > 0 && badge(count));
  }));
}

/** @param {number} count */
function badge(count) {
  return make("span", { class: "badge" }, String(count), make("span", { class: "only-read-aloud" }, ` ${say("unread", count)}`));
}

/** @param {HTMLElement} place @param {string} name of the data attribute that tells one button from another @param {HTMLElement[]} buttons */
function keepFocus(place, name, buttons) {
  const focused = place.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset[name];
  fill(place, ...buttons);
  if (focused) buttons.find((one) => one.dataset[name] === focused)?.focus();
}

function translated() {
  for (const part of [people, clock, tour]) part.draw();
  greet();
  soon();
  for (const slot of slots) slot.phone.relabel();
}

document.body.classList.toggle("folded", Boolean(localStorage.getItem(GUIDE_FOLDED)));
on("people", arrange);
on("bot", greet);
for (const kind of ["chat", "read", "tour"]) on(kind, soon);
document.addEventListener("visibilitychange", () => slots.forEach((slot) => slot.phone.seen()));
open("chat");
arrange();
follow();

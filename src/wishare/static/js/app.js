// Small comforts. Every page works without them.

const on = (type, selector, act) =>
  document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(found, event);
  });

// Copy buttons: <button data-copy="id of the input" data-copied="Copied">
on("click", "[data-copy]", async (button) => {
  const input = document.getElementById(button.dataset.copy);
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(input.value);
  } catch {
    input.select();
    document.execCommand("copy");
  }
  label.textContent = button.dataset.copied;
  setTimeout(() => (label.textContent = before), 2000);
});

// <time data-relative>: «3 hours ago», with the full date on hover; a date without a time is a day: «in 12 days».
const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const DAY_UNITS = [["year", 730], ["month", 60], ["day", 1]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });

function relate(time) {
  time.title ||= time.textContent;
  time.textContent = time.dateTime.length === 10 ? daysTo(time.dateTime) : secondsTo(time.dateTime);
}

function secondsTo(moment) {
  const seconds = (new Date(moment) - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return words.format(Math.trunc(seconds / size), unit);
}

function daysTo(day) {
  const days = Math.round((new Date(`${day}T00:00`) - new Date().setHours(0, 0, 0, 0)) / 86400000);
  const [unit] = DAY_UNITS.find(([, least]) => Math.abs(days) >= least) ?? ["day"];
  return words.format(Math.round(days / { year: 365.25, month: 30.44, day: 1 }[unit]), unit);
}

// Messages leave by themselves, but not while somebody reads them or reaches for Undo.
function leave(toast) {
  toast.dataset.leaving = "";
  setTimeout(() => toast.remove(), 260);
}

function expire(toast) {
  let timer;
  const start = () => (timer = setTimeout(leave, toast.querySelector("form") ? 12000 : 7000, toast));
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

on("click", "[data-dismiss]", (button) => leave(button.closest(".toast")));

// A chosen picture is shown before it is sent.
on("change", "[data-upload] input[type=file]", (input) => {
  const preview = input.closest("[data-upload]").querySelector("[data-preview]");
  const [file] = input.files;
  if (!file?.type.startsWith("image/")) return;
  const reader = new FileReader(); // a data: address, which the content policy allows
  reader.onload = () => Object.assign(preview, { src: reader.result, hidden: false });
  reader.readAsDataURL(file);
});

// A choice takes effect at once; its button is for browsers without scripts.
on("change", "[data-submit-on-change] select", (select) => select.form.requestSubmit());

// A list of time zones offers the one of this device: <select data-time-zone="Use %s">
function offerTimeZone(select) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select.value === zone || ![...select.options].some(({ value }) => value === zone)) return;
  const label = select.dataset.timeZone.replace("%s", zone.replaceAll("_", " "));
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: label });
  button.addEventListener("click", () => ((select.value = zone), button.remove(), select.focus()));
  select.after(button);
}

// A menu closes when one presses elsewhere, or Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Keys: «n» new, «/» search, «?» help: whatever has data-key="n". Escape closes a menu.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return closeMenu();
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.matches("input") ? target.focus() : target.click();
});

function closeMenu() {
  const menu = document.querySelector("details.menu[open]");
  if (menu) (menu.open = false), menu.querySelector("summary").focus();
}

// In a form with data-ctrl-enter, Ctrl+Enter (on a Mac ⌘+Enter) sends what was typed.
on("keydown", "[data-ctrl-enter] textarea", (field, event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
});

// Drag and drop: <ul data-sortable> of <li data-id="…" data-move="address">. A drop posts `before`: the id in
// `data-id` of the row that now follows, or nothing at the end. The buttons «up» and «down» do the same without it.
let dragged = null;
let order = "";
const ids = (list) => [...list.children].map((row) => row.dataset.id).join();

on("dragstart", "[data-sortable] > [data-move]", (row) => {
  dragged = row;
  order = ids(row.parentElement);
  row.dataset.dragging = "";
});

on("dragover", "[data-sortable] > [data-move]", (row, event) => {
  if (!dragged || row.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const box = row.getBoundingClientRect();
  const after = event.clientY > box.top + box.height / 2;
  if (row !== dragged) row[after ? "after" : "before"](dragged);
});

on("dragend", "[data-sortable] > [data-move]", async (row) => {
  delete row.dataset.dragging;
  dragged = null;
  if (ids(row.parentElement) === order) return;
  const next = row.nextElementSibling;
  if (next && !next.dataset.id) return location.reload(); // behind «Show more»: nobody knows what follows
  const body = new URLSearchParams({ before: next?.dataset.id ?? "" });
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const response = await fetch(row.dataset.move, { method: "POST", body, headers }).catch(() => null);
  if (!response?.ok) location.reload();
});

// A part that is put in later may itself be what is looked for: a row.
function enliven(root) {
  const each = (selector, act) => {
    if (root.matches?.(selector)) act(root);
    root.querySelectorAll(selector).forEach(act);
  };
  each("time[data-relative]", relate);
  each("[data-without-script]", (button) => (button.hidden = true));
  each("[data-dismiss]", (button) => (button.hidden = false));
  each("[data-flash]", expire);
  each("[data-time-zone]", offerTimeZone);
  if (matchMedia("(pointer: fine)").matches) each("[data-sortable] > [data-move]", (row) => (row.draggable = true));
}

enliven(document);
document.addEventListener("htmx:load", (event) => event.target !== document.body && enliven(event.target));

// What nobody pressed: the page fetches a part of itself. The server is told, and whose page it is.
const byItself = (event) => !["click", "submit"].includes(event?.type);
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (byItself(detail.triggeringEvent)) detail.headers["X-By-Itself"] = document.body.dataset.person ?? "";
});

// While the content is put anew, the old and the new are there together, and the browser scrolls on to stay with the
// old: the page stays where it was.
let place = 0;
document.addEventListener("htmx:beforeSwap", () => (place = scrollY));
document.addEventListener("htmx:afterSwap", ({ target }) => target.id === "main" && scrollTo({ top: place, behavior: "instant" }));

// A replaced part takes the focus with it: give it back to the menu it was in, else to the content.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const sent = detail.requestConfig;
  if (document.activeElement !== document.body || sent?.elt?.matches("[data-quiet]")) return;
  if (byItself(sent?.triggeringEvent)) return;
  const pressed = document.getElementById(detail.requestConfig?.triggeringEvent?.submitter?.id);
  const home = pressed?.closest("details.menu")?.querySelector("summary") ?? document.getElementById("main");
  home?.focus({ preventScroll: true });
});

// hx-swap="merge" (with hx-ext="merge"): puts what has come in the place of what is there, row by row. Rows have an id
// and lie in a part with an id and data-merge. One that is the same stays as it is, with its open menu and what is
// being typed there; one that has changed, and that somebody is busy with, waits until they have done: also until what
// they have sent is answered, as htmx looks for where to put the answer from there. A row that has a part with
// data-asks asks for itself.

const TYPED = "input:not([type=hidden]), textarea, select";
const MORE = ":scope > .load-more";
const AGAIN = 300;
const postponed = new Set(); // targets where something was left alone
let left = false; // something, in this merge

// Makes `old` like `fresh`. Returns the parts that are new.
function merge(old, fresh) {
  if (alike(old, fresh)) return [];
  if ("merge" in old.dataset && "merge" in fresh.dataset) return mergeRows(old, fresh);
  if (busy(old)) return [];
  old.replaceWith(fresh);
  return [fresh];
}

function mergeRows(old, fresh) {
  const beyond = rowsBeyond(old, fresh);
  const rows = [...fresh.children].filter((row) => !beyond.length || !row.matches(".load-more"));
  const known = rows.map((row) => [...old.children].find((one) => isSame(one, row)));
  const kept = new Set([...known, ...beyond]);
  for (const row of [...old.children]) if (!kept.has(row) && !busy(row)) row.remove();
  const made = [];
  let place = old.firstElementChild;
  rows.forEach((row, number) => {
    while (place && !kept.has(place)) place = place.nextElementSibling; // it is gone, but somebody is busy there
    const one = known[number] ?? row;
    if (one === place) place = place.nextElementSibling;
    else old.insertBefore(one, place);
    if (one === row) made.push(row);
    else if (!one.querySelector("[data-asks]")) made.push(...merge(one, row));
  });
  return made;
}

const isSame = (one, row) => (row.id ? one.id === row.id : !one.id && alike(one, row));

// Rows that «Show more» has brought: the answer ends before them.
function rowsBeyond(old, fresh) {
  if (!fresh.querySelector(MORE) || old.children.length <= fresh.children.length) return [];
  const ids = new Set([...fresh.children].map((row) => row.id).filter(Boolean));
  const rows = [...old.children];
  return rows.slice(rows.findLastIndex((row) => ids.has(row.id)) + 1);
}

const alike = (one, other) => plain(one).isEqualNode(plain(other));

// Without what differs in every answer, and what scripts and people have changed.
function plain(part) {
  const copy = part.cloneNode(true);
  const all = (selector) => [copy, ...copy.querySelectorAll("*")].filter((one) => one.matches(selector));
  all("[name=csrfmiddlewaretoken]").forEach((input) => input.removeAttribute("value"));
  all("[open]").forEach((menu) => menu.removeAttribute("open"));
  all("[draggable]").forEach((row) => row.removeAttribute("draggable"));
  all(".item").forEach((row) => row.classList.remove("item--new"));
  all("time[data-relative]").forEach((time) => (time.replaceChildren(), time.removeAttribute("title")));
  return copy;
}

function busy(part) {
  const fields = [...part.querySelectorAll(TYPED)];
  const typed = fields.some((field) => field === document.activeElement || changed(field));
  const atWork = "[data-dragging], form.htmx-request";
  const found = typed || part.matches(atWork) || part.querySelector(`details.menu[open], ${atWork}`);
  left ||= Boolean(found);
  return found;
}

function changed(field) {
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  const ticked = field.matches("[type=checkbox], [type=radio]");
  return ticked ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

// What was left alone is asked for again when somebody leaves a field, a menu or a row.
function again() {
  const targets = [...postponed];
  postponed.clear();
  setTimeout(() => targets.forEach(askAgain), AGAIN);
}

function askAgain(target) {
  target.dispatchEvent(new CustomEvent("live:again", { bubbles: true }));
}

for (const type of ["focusout", "change", "toggle", "dragend"]) document.addEventListener(type, again, true);

function swap(style, target, fragment) {
  if (style !== "merge") return false;
  const focused = document.activeElement;
  const fresh = fragment.querySelector(`#${target.id}`);
  left = false;
  const made = fresh ? merge(target, fresh) : drop(target);
  if (left) postponed.add(target);
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true }); // it was moved
  return made;
}

// What is shown no more.
function drop(target) {
  if (!busy(target)) target.remove();
  return [];
}

window.htmx.defineExtension("merge", { handleSwap: swap });

const asked = ({ requestConfig }) => requestConfig?.elt.getAttribute("hx-swap") === "merge";

// A page that one may not see any more, or that is gone, says so itself. While the server is away, all stays as it is.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!asked(detail) || detail.xhr.status < 400) return;
  const gone = detail.xhr.status === 404;
  const page = "merge" in detail.target.dataset;
  detail.shouldSwap = gone && !page;
  if (gone && page) location.reload();
});

// What came for a page that was put anew meanwhile may be newer than that; and what was sent needs to wait no longer.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.verb === "post") again();
  if (asked(detail) && "merge" in detail.target.dataset && !detail.target.isConnected) askAgain(document.body);
});

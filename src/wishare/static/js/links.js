// Wishes from links. Every page works without this.

// A link that is pasted anywhere on the page of one's list goes on the list.
document.addEventListener("paste", (event) => {
  const form = document.querySelector("[data-paste]");
  if (!form || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  if (!/^https?:\/\/\S+$/i.test(text)) return;
  event.preventDefault();
  form.elements.url.value = text;
  form.requestSubmit();
});

// A wish that was just added, or what is wrong with the link, is scrolled to; the field stays ready for the next link.
function show(root) {
  root.querySelector(".item--new, .paste [role=alert]")?.scrollIntoView({ block: "nearest" });
}

show(document);
document.addEventListener("htmx:load", (event) => show(event.target));

// What the bookmarklet hands over comes behind the «#», which no server sees. It waits here while one signs in, and
// is taken by the form only for the page that it is about.
const MARK = "#handed?";
const KEPT = "handed";

if (location.hash.startsWith(MARK)) {
  sessionStorage.setItem(KEPT, location.hash.slice(MARK.length));
  history.replaceState(null, "", location.pathname + location.search);
}

const form = document.querySelector("form[data-handed]");
const handed = new URLSearchParams(sessionStorage.getItem(KEPT) ?? "");
if (form) {
  sessionStorage.removeItem(KEPT);
  if (handed.get("url") === form.elements.url.value) {
    for (const name of ["image", "json_ld"]) form.elements[name].value = handed.get(name) ?? "";
  }
}

// The bookmarklet is for dragging. Pressed here it says so.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-bookmarklet]")) return;
  event.preventDefault();
  document.querySelector("[data-bookmarklet-hint]").hidden = false;
});

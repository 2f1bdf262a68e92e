// What was typed is not lost when it could not be saved: signed out meanwhile, or an error of ours. A form that is sent
// is kept in this tab until the next page that is not of that kind; if that is the form's own, it is filled in again.

const KEY = "wishare:typed";
const { person } = document.body.dataset;
const saved = person && !document.querySelector("[data-not-saved]");
const here = location.pathname + location.search;

// No pictures, and nothing that nobody sees.
const typed = (form) =>
  [...form.elements].filter(({ name, type }) => name && !/^(hidden|file|submit|button|fieldset|output)$/.test(type));

document.addEventListener("submit", ({ target: form }) => {
  if (!person || form.method !== "post" || form.querySelector("[type=password]")) return;
  const names = typed(form).map(({ name }) => name);
  const fields = [...new FormData(form)].filter(([name]) => names.includes(name));
  if (fields.length) write({ person, page: here, action: form.getAttribute("action"), fields });
});

// Without a new page: htmx has had an answer that does not lead to the sign-in page.
document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, successful, xhr } }) => {
  if (requestConfig.verb === "post" && successful && !xhr.getResponseHeader("HX-Redirect")) write(null);
});

// A browser that keeps nothing, or has no room, loses what it would have lost before.
function write(kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {}
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function fill({ action, fields }) {
  const form = [...document.forms].find((form) => form.method === "post" && form.getAttribute("action") === action);
  for (const field of form ? typed(form) : []) {
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (/^(checkbox|radio)$/.test(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  for (let around = form?.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

const kept = read();
if (kept && !saved) write({ ...kept, lost: true });
else if (kept) {
  write(null);
  if (kept.lost && kept.page === here && kept.person === person) fill(kept);
}

// What changes elsewhere shows here by itself. One event stream for all tabs of this browser: the tab that holds the
// lock «live» keeps it and passes on what it hears. A poke becomes events on <body>, «live:item» and
// «live:item:<id>»; whatever shows the thing listens with hx-trigger="live:item:<id> from:body" and fetches itself
// anew. After anything that may have been missed there is «live:resync», and with it every live event that something
// on the page listens to.

const TAB = Math.random().toString(36).slice(2);
const LISTS = document.body.dataset.liveList.split(" ").filter(Boolean);
// What this tab shows, since when (it was asked for then), and whether a stream has begun to cover it.
const WANTS = {
  lists: LISTS,
  news: Boolean(document.querySelector("[data-live-news]")),
  since: Date.now() - performance.now(),
  heard: false,
};
const BEAT = 15000; // of the stream: three without a sign of life, and it is dead
const POLL = 30000; // how often pages look for themselves while there is no stream
const FAILURES = 3; // in a row, before they begin to
const LISTS_AT_MOST = 20;

// --- events of this page: each once for what comes together, and none while nobody looks ---------------------------
const waiting = new Set();
let flushing = null;

function raise(names, within) {
  names.forEach((name) => waiting.add(name));
  flushing ??= setTimeout(flush, 30 + within * Math.random()); // not everybody at the same moment
}

function flush() {
  flushing = null;
  if (document.hidden) return; // when the tab is looked at again
  if (waiting.has("live:resync")) listenedTo().forEach((name) => waiting.add(name));
  const names = [...waiting];
  waiting.clear();
  names.forEach((name) => document.body.dispatchEvent(new CustomEvent(name)));
}

function listenedTo() {
  const parts = [...document.querySelectorAll("[hx-trigger*='live:']")];
  return parts.flatMap((part) => part.getAttribute("hx-trigger").match(/live:[^\s,]+/g));
}

function hear([channel, what, about]) {
  const list = channel.match(/^list_([^_]+)/)?.[1];
  if (list && !LISTS.includes(list)) return; // of another tab
  raise(about ? [`live:${what}`, `live:${what}:${about}`] : [`live:${what}`], 200);
}

// Where tabs cannot share a stream, those that are not looked at have none: a browser has six connections to a site.
document.addEventListener("visibilitychange", () => {
  if (waiting.size) raise([], 0);
  if (channel || !retire) return;
  if (document.hidden) attempt++, close();
  else connect();
});

// --- the stream, in the one tab that leads --------------------------------------------------------------------------
const others = new Map(); // what the other tabs want, and when they said so
let retire = null; // ends the lead of this tab
let stream = null;
let position = ""; // how far we have heard, whichever tab led
let failures = 0;
let attempt = 0;
let next = null;
let watchdog = null;

async function connect() {
  const mine = ++attempt;
  close();
  const ticket = await getTicket().catch(() => null);
  if (mine !== attempt || !retire) return;
  if (ticket?.signedOut) raise(["live:notifications"], 0), retire(); // the bell asks, and the page says what is wrong
  else if (ticket) open(ticket.ticket);
  else fail();
}

function everybody() {
  for (const [tab, { said }] of others) if (Date.now() - said > 3 * BEAT) others.delete(tab);
  return [WANTS, ...others.values()];
}

// Nothing when there is no answer.
async function getTicket() {
  const lists = [...new Set(everybody().flatMap((wants) => wants.lists))];
  const query = new URLSearchParams(lists.slice(0, LISTS_AT_MOST).map((list) => ["list", list]));
  if (everybody().some((wants) => wants.news)) query.set("news", "");
  const answer = await fetch(`/live/ticket?${query}`, { redirect: "manual" });
  if (answer.type === "opaqueredirect") return { signedOut: true };
  return answer.ok ? answer.json() : null;
}

function open(ticket) {
  const ages = everybody().map((wants) => (wants.heard ? 0 : Date.now() - wants.since));
  const query = new URLSearchParams({ ticket, last: position, ago: Math.ceil(Math.max(...ages)) });
  const opened = (stream = new EventSource(`/live/stream?${query}`));
  const covered = [TAB, ...others.keys()];
  const on = (type, act) => opened.addEventListener(type, (event) => opened === stream && (alive(event), act(event)));
  on("ready", () => ((failures = 0), share({ covered })));
  on("beat", () => share({ who: true }));
  on("poke", (event) => share({ poke: JSON.parse(event.data) }));
  on("resync", () => share({ resync: 3000 }));
  on("over", connect); // the ticket is: ask anew what we may hear
  opened.onerror = () => opened === stream && fail();
  watch();
}

function alive(event) {
  position = event.lastEventId;
  watch();
}

function watch() {
  clearTimeout(watchdog);
  watchdog = setTimeout(fail, 3 * BEAT);
}

function fail() {
  close();
  failures += 1;
  if (failures >= FAILURES) share({ resync: 1000 });
  const pause = failures < FAILURES ? 1000 * 2 ** (failures - 1) : POLL;
  next = setTimeout(connect, pause * (0.75 + 0.5 * Math.random()));
}

function close() {
  clearTimeout(next);
  clearTimeout(watchdog);
  stream?.close();
  stream = null;
}

// --- among tabs -----------------------------------------------------------------------------------------------------
const channel = "BroadcastChannel" in window && navigator.locks ? new BroadcastChannel("live") : null;

function share(news) {
  receive(news);
  channel?.postMessage({ ...news, position });
}

function receive(news) {
  if (news.poke) hear(news.poke);
  if (news.resync) raise(["live:resync"], news.resync);
  if (news.covered?.includes(TAB)) WANTS.heard = true;
  if (news.covered) for (const tab of news.covered) if (others.has(tab)) others.get(tab).heard = true;
}

const hello = () => channel?.postMessage({ tab: TAB, wants: WANTS });

channel?.addEventListener("message", ({ data }) => {
  position = data.position || position;
  receive(data);
  if (data.who) hello();
  if (data.tab && data.wants) welcome(data.tab, data.wants);
  else if (data.tab) others.delete(data.tab);
});

// For a new tab the stream begins anew, from when its page was asked for; once for several that open together.
function welcome(tab, wants) {
  others.set(tab, { ...wants, said: Date.now() });
  if (wants.heard || !stream) return;
  clearTimeout(next);
  next = setTimeout(connect, 100);
}

function lead() {
  channel?.postMessage({ who: true });
  next = setTimeout(connect, channel ? 30 : 0);
  return new Promise((resolve) => (retire = () => (close(), (retire = null), resolve())));
}

function begin() {
  if (!("EventSource" in window)) return setInterval(() => receive({ resync: 2000 }), POLL);
  hello();
  channel ? navigator.locks.request("live", lead) : lead();
}

addEventListener("pagehide", () => {
  close();
  channel?.postMessage({ tab: TAB });
});
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  receive({ resync: 0 });
  retire ? connect() : hello();
});
addEventListener("online", () => retire && !stream && connect());

begin();

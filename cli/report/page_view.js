// What is shown: one view of the whole page, kept in the address, so that a link shows it again and
// the browser's way back leads to the view before.
const plan = JSON.parse(document.getElementById("plan-data").textContent);
const { axis, roster, words } = plan;
// The data are lists: here their places get names.
roster.agents = roster.agents.map(([id, name, team, skills]) => ({ id, name, team, skills }));
roster.days = roster.days.map((shifts) => shifts.map(
  ([agent, code, start, end, spans, pauses, paid, meetings = []]) => ({ agent, code, start, end, spans, pauses, paid, meetings }),
));
const ALL_DAYS = -1;
const START = { day: ALL_DAYS, queue: 0, team: "", skill: "", on: "", find: "", sort: "start" };
const SORTS = ["start", "name", "team"];
let view = START;
const near = new Set(); // ids of what lies near the screen: only that is drawn
const followers = []; // what the other scripts show of the view, in order

const element = (id) => document.getElementById(id);

function make(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function clock(minutes) {
  const inDay = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

// The address of a view: day and queue always, filters where they are set. `part` is where to look.
function fragment(shown, part) {
  const told = new URLSearchParams();
  told.set("day", shown.day === ALL_DAYS ? "all" : axis.dates[shown.day]);
  told.set("queue", roster.queues[shown.queue]);
  for (const name of ["team", "skill", "on", "find"]) if (shown[name]) told.set(name, shown[name]);
  if (shown.sort !== START.sort) told.set("sort", shown.sort);
  if (part) told.set("part", part);
  return `#${told}`;
}

// The view that an address asks for; what it does not name, or names wrongly, is as at the start.
function viewOf(told) {
  const oneOf = (name, known) => (known.includes(told.get(name)) ? told.get(name) : START[name]);
  return {
    day: axis.dates.indexOf(told.get("day")),
    queue: Math.max(0, roster.queues.indexOf(told.get("queue"))),
    team: oneOf("team", roster.teams),
    skill: oneOf("skill", roster.skills),
    on: oneOf("on", roster.queues),
    find: told.get("find") || "",
    sort: oneOf("sort", SORTS),
  };
}

// A new entry of the browser's history, or (`replace`) another address for the present one.
function go(changes, { part, replace = false } = {}) {
  view = { ...view, ...changes }; // at once: the next change may come before the address has
  const address = fragment(view, part);
  if (address === location.hash) follow();
  else if (replace) location.replace(address);
  else location.hash = address;
}

// An address that only names a part of the page leaves the view as it is.
function follow() {
  const hash = location.hash.slice(1);
  if (hash && !hash.includes("=")) return;
  const told = new URLSearchParams(hash);
  view = viewOf(told);
  for (const shown of followers) shown();
  const part = told.get("part");
  if (part && element(part)) element(part).scrollIntoView({ behavior: "instant" });
}

// Whether the filters leave an agent, by position.
function isShown(agent) {
  const { id, name, team, skills } = roster.agents[agent];
  const sought = view.find.trim().toLowerCase();
  return (view.team === "" || team === view.team)
    && (view.skill === "" || skills.includes(roster.skills.indexOf(view.skill)))
    && `${id} ${name} ${team}`.toLowerCase().includes(sought);
}

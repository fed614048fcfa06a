// The roster: the shifts of one day against the clock, or, of all days, a row an agent.
const FILTERS = ["team", "skill", "on", "sort", "find"];
const PAUSES = ["pause", "pause paid", "pause gap", "pause gap"];
const MOST_WIDE_DAYS = 10; // more than these show shift codes without clock times

const share = (part, whole) => `${(100 * part) / whole}%`;

function sorted(rows, agentOf) {
  if (view.sort === "start") return rows;
  return [...rows].sort((a, b) => (
    roster.agents[agentOf(a)][view.sort].localeCompare(roster.agents[agentOf(b)][view.sort])
  ));
}

function servesFilter(shift) {
  return view.on === "" || shift.spans.some(([, , queue]) => roster.queues[queue] === view.on);
}

let rosterDrawn;
function drawRoster() {
  const wanted = JSON.stringify(view);
  if (!near.has("gantt") || rosterDrawn === wanted) return;
  rosterDrawn = wanted;
  const rows = view.day === ALL_DAYS ? wholeRows() : dayRows(view.day);
  element("gantt").replaceChildren(rows);
  element("gantt").classList.toggle("whole", view.day === ALL_DAYS);
}

function count(shown, all) {
  element("roster-count").textContent = `${shown} / ${all}`;
}

function person(agent, code) {
  const { id, name } = roster.agents[agent];
  const link = make("a", "name", name);
  link.href = fragment({ ...START, queue: view.queue, find: id }, "roster");
  const who = make("div", "who");
  who.title = id;
  who.append(link);
  if (code) who.append(make("span", "code", code));
  return who;
}

// One day: a row a shift, in it the queues, over them breaks and meetings.
function dayRows(day) {
  const hours = roster.hours[day];
  const from = hours[0][0];
  const length = hours[hours.length - 1][0] - from;
  element("gantt").style.setProperty("--hour", share(60, length));
  const rows = document.createDocumentFragment();
  rows.append(hourRow(hours, from, length));
  const all = roster.days[day];
  const shifts = sorted(all.filter((shift) => isShown(shift.agent) && servesFilter(shift)), (shift) => shift.agent);
  for (const shift of shifts) rows.append(shiftRow(shift, from, length));
  const away = view.on ? [] : roster.leave[day].filter(isShown);
  for (const agent of away) rows.append(awayRow(agent));
  if (!shifts.length && !away.length) rows.append(make("div", "empty", words.search_none));
  count(shifts.length, all.length);
  return rows;
}

function hourRow(hours, from, length) {
  const row = make("div", "row head");
  const lane = make("div", "lane");
  const every = hours.length > 18 ? 2 : 1;
  hours.forEach(([minute, label], i) => {
    if (i % every) return;
    const mark = make("span", "", label);
    mark.style.left = share(minute - from, length);
    lane.append(mark);
  });
  row.append(make("div", "who"), lane);
  return row;
}

function shiftRow(shift, from, length) {
  const row = make("div", "row");
  const lane = make("div", "lane");
  const pauseNames = [words.pause_unpaid, words.pause_paid, words.split, words.away];
  const said = [`${shift.code} ${clock(shift.start)}–${clock(shift.end)} · ${words.paid} ${(shift.paid / 60).toFixed(1)}`];
  const put = (className, begin, end, name) => {
    const node = make("div", className);
    node.style.left = share(begin - from, length);
    node.style.width = share(end - begin, length);
    const title = `${name} ${clock(begin)}–${clock(end)}`;
    node.title = `${said[0]}\n${title}`;
    said.push(title);
    lane.append(node);
    return node;
  };
  for (const [begin, end, queue] of shift.spans) {
    put("bar-piece", begin, end, roster.queues[queue]).style.background = plan.colours[queue];
  }
  for (const [begin, end, kind] of shift.pauses) put(PAUSES[kind], begin, end, pauseNames[kind]);
  for (const [begin, end, name] of shift.meetings) put("pause meeting", begin, end, name);
  lane.setAttribute("role", "img");
  lane.setAttribute("aria-label", said.join(", "));
  row.append(person(shift.agent, shift.code), lane);
  return row;
}

function awayRow(agent) {
  const row = make("div", "row");
  row.append(person(agent), make("div", "away", words.on_leave));
  return row;
}

// All days: a row an agent, a column a day, in each cell where in the day the shift lies.
function wholeRows() {
  const rows = document.createDocumentFragment();
  const days = roster.days.length;
  element("gantt").style.setProperty("--days", days);
  rows.append(datesRow());
  const shifts = roster.agents.map(() => new Map());
  roster.days.forEach((all, day) => {
    for (const shift of all) shifts[shift.agent].set(day, [...(shifts[shift.agent].get(day) || []), shift]);
  });
  const serves = (agent) => view.on === "" || [...shifts[agent].values()].flat().some(servesFilter);
  const everybody = roster.agents.map((_, agent) => agent);
  const shown = sorted(everybody.filter((agent) => isShown(agent) && serves(agent)), (agent) => agent);
  const away = roster.leave.map((agents) => new Set(agents));
  for (const agent of shown) rows.append(agentRow(agent, shifts[agent], away));
  if (!shown.length) rows.append(make("div", "empty", words.search_none));
  count(shown.length, roster.agents.length);
  return rows;
}

function datesRow() {
  const row = make("div", "row head");
  row.append(make("div", "who"));
  axis.days.forEach((label, day) => {
    const cell = make("div", "cell");
    const link = make("a", "", label);
    link.href = fragment({ ...view, day }, "roster");
    cell.append(link);
    row.append(cell);
  });
  return row;
}

function agentRow(agent, shifts, away) {
  const row = make("div", "row");
  row.append(person(agent));
  for (let day = 0; day < roster.days.length; day += 1) row.append(dayCell(shifts.get(day), away[day].has(agent)));
  return row;
}

function dayCell(shifts, isAway) {
  if (!shifts) return make("div", isAway ? "cell away" : "cell", isAway ? words.on_leave : "");
  const times = shifts.map((shift) => `${shift.code} ${clock(shift.start)}–${clock(shift.end)}`);
  const cell = make("div", "cell", (roster.days.length > MOST_WIDE_DAYS ? shifts.map((shift) => shift.code) : times).join(" "));
  cell.title = times.join("\n");
  for (const { start, end } of shifts) {
    const bar = make("i", "");
    bar.style.left = share(Math.max(start, 0), 1440);
    bar.style.width = share(Math.min(end, 1440) - Math.max(start, 0), 1440);
    cell.append(bar);
  }
  return cell;
}

// Filters hold for every list of people.
function showPeople() {
  const left = new Set();
  roster.agents.forEach(({ id }, agent) => { if (isShown(agent)) left.add(id); });
  for (const row of document.querySelectorAll("[data-agent]")) row.hidden = !left.has(row.dataset.agent);
}

function showFilters() {
  for (const name of FILTERS) {
    const control = element(`roster-${name}`);
    if (control.value !== view[name]) control.value = view[name];
  }
}

function fill(select, values) {
  for (const value of values) {
    const option = make("option", "", value);
    option.value = value;
    select.append(option);
  }
}

fill(element("roster-team"), roster.teams);
fill(element("roster-skill"), roster.skills);
fill(element("roster-on"), roster.queues);
for (const name of FILTERS) {
  element(`roster-${name}`).addEventListener("input", (event) => {
    go({ [name]: event.target.value }, { replace: name === "find" });
  });
}
followers.push(showFilters, showPeople, drawRoster);

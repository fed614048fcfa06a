"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("plan-data").textContent);
  const { axis, roster, words } = plan;
  const intervalCharts = ["forecast", "coverage", "service"];
  // The chart library's own buttons can send a chart to its maker's server: only harmless ones stay.
  const config = {
    responsive: true,
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    modeBarButtons: [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
  };
  const tickSteps = [15, 30, 60, 120, 180, 240, 360, 720];
  let queue = 0;
  let day = -1;

  const element = (id) => document.getElementById(id);
  const make = (className, text) => {
    const node = document.createElement("div");
    node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const clock = (minutes) => {
    const inDay = ((minutes % 1440) + 1440) % 1440;
    return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
  };
  // Near enough to keep labels apart: Chinese characters are as wide as high, others about half.
  const textWidth = (text, size) => [...text].reduce((sum, c) => sum + size * (c > "\u2e7f" ? 1 : 0.58), 0);
  const plotWidth = () => Math.max(120, element("chart-forecast").clientWidth - 80);
  const press = (groupId, attribute, value) => {
    for (const button of element(groupId).children) {
      button.setAttribute("aria-pressed", String(Number(button.getAttribute(attribute)) === value));
    }
  };

  // The time axis counts intervals: a clock change repeats or skips an hour, an index does not.
  function ticks(from, to) {
    const first = Math.max(0, Math.ceil(from));
    const last = Math.min(axis.clock.length, Math.floor(to));
    const dayStarts = axis.dayFirst.slice(0, -1);
    const marks = (step) => {
      const found = [];
      for (let i = first; i < last; i += 1) if (axis.clock[i] % step === 0) found.push(i);
      return found;
    };
    const widest = Math.max(...axis.days.map((label) => textWidth(label, 13)));
    const mostTicks = plotWidth() / (widest / 2 + 32);
    const step = tickSteps.find((candidate) => marks(candidate).length <= mostTicks);
    const chosen = step === undefined ? eachDay(dayStarts.filter((i) => i >= first && i <= last), plotWidth() / (widest + 12)) : marks(step);
    const labels = chosen.map((i) => {
      const started = dayStarts.indexOf(i);
      return started >= 0 ? `<b>${axis.days[started]}</b>` : clock(axis.clock[i]);
    });
    return { tickvals: chosen, ticktext: labels };
  }

  function eachDay(starts, most) {
    const every = Math.ceil(starts.length / most);
    return starts.filter((_, i) => i % every === 0);
  }

  // Names of events stand in the middle of what is seen of them, in rows so that none hides another.
  function names(layout, from, to) {
    const scale = (to - from) / plotWidth();
    const rows = [];
    const placed = (layout.annotations || []).map((name, i) => {
      const { x0, x1 } = layout.shapes[i];
      if (x1 <= from || x0 >= to) return { ...name, visible: false };
      const half = (textWidth(name.text, 11) * scale) / 2;
      const middle = (Math.max(x0, from) + Math.min(x1, to)) / 2;
      const x = Math.max(from + half, Math.min(to - half, middle));
      const free = (row) => row.every(([begin, end]) => x + half < begin || x - half > end);
      let level = rows.findIndex(free);
      if (level < 0) level = rows.push([]) - 1;
      rows[level].push([x - half, x + half]);
      return { ...name, visible: true, x, yshift: 15 * level };
    });
    return { annotations: placed, margin: { ...layout.margin, t: 28 + 15 * Math.max(1, rows.length) } };
  }

  function range() {
    return day < 0 ? [0, axis.clock.length] : [axis.dayFirst[day], axis.dayFirst[day + 1]];
  }

  function drawIntervals() {
    const [from, to] = range();
    for (const name of intervalCharts) {
      const chart = plan.charts[queue][name];
      const place = element(`chart-${name}`);
      const layout = {
        ...chart.layout,
        xaxis: { ...chart.layout.xaxis, range: [from, to], ...ticks(from, to) },
        ...names(chart.layout, from, to),
      };
      Plotly.react(place, chart.data, layout, config).then(() => follow(place));
    }
  }

  // Ticks follow the zoom, and the three charts move together.
  let moving = false;
  function follow(place) {
    if (place.dataset.follows) return;
    place.dataset.follows = "yes";
    place.on("plotly_relayout", (change) => {
      const zoomed = "xaxis.range[0]" in change || "xaxis.autorange" in change;
      if (moving || !zoomed) return;
      moving = true;
      const [from, to] = change["xaxis.autorange"]
        ? range()
        : [change["xaxis.range[0]"], change["xaxis.range[1]"]];
      const { tickvals, ticktext } = ticks(from, to);
      const wanted = { "xaxis.range": [from, to], "xaxis.tickvals": tickvals, "xaxis.ticktext": ticktext };
      const relayout = (name) => Plotly.relayout(element(`chart-${name}`), {
        ...wanted,
        ...names(plan.charts[queue][name].layout, from, to),
      });
      Promise.all(intervalCharts.map(relayout))
        .finally(() => { moving = false; });
    });
  }

  function drawHeat() {
    const chart = plan.charts[queue].heat;
    Plotly.react(element("chart-heat"), chart.data, chart.layout, { ...config, displayModeBar: false });
    document.querySelector("#heat .of-queue").textContent = roster.queues[queue];
  }

  function choose(nextQueue, nextDay) {
    queue = nextQueue;
    day = nextDay;
    press("queue-choice", "data-choose-queue", queue);
    press("day-choice", "data-choose-day", day);
    drawIntervals();
    drawHeat();
  }

  // The roster: one day at a time, drawn anew for every choice.
  const filter = { day: 0, team: "", queue: "", search: "", sort: "start" };

  function matches(shift) {
    const [id, name, team] = roster.agents[shift[0]];
    const sought = filter.search.trim().toLowerCase();
    const text = `${id} ${name} ${team} ${shift[1] || ""}`.toLowerCase();
    const serves = filter.queue === "" || (shift[4] || []).some((span) => span[2] === Number(filter.queue));
    return (filter.team === "" || team === filter.team) && serves && text.includes(sought);
  }

  function sorted(shifts) {
    if (filter.sort === "start") return shifts;
    const key = filter.sort === "name" ? 1 : 2;
    const of = (shift) => roster.agents[shift[0]];
    return [...shifts].sort((a, b) => of(a)[key].localeCompare(of(b)[key]) || a[2] - b[2]);
  }

  function drawRoster() {
    press("roster-day", "data-roster-day", filter.day);
    const hours = roster.hours[filter.day];
    const from = hours[0][0];
    const length = hours[hours.length - 1][0] - from;
    const share = (minutes) => `${(100 * minutes) / length}%`;
    const gantt = element("gantt");
    const rows = document.createDocumentFragment();
    gantt.style.setProperty("--hour", share(60));
    rows.append(hourRow(hours, from, share));
    const shifts = sorted(roster.days[filter.day].filter(matches));
    for (const shift of shifts) rows.append(shiftRow(shift, from, share));
    const away = roster.leave[filter.day].map((agent) => [agent]).filter(matches);
    for (const [agent] of away) rows.append(awayRow(agent));
    if (!shifts.length && !away.length) rows.append(make("empty", words.search_none));
    gantt.replaceChildren(rows);
    element("roster-count").textContent = `${shifts.length} / ${roster.days[filter.day].length}`;
  }

  function hourRow(hours, from, share) {
    const row = make("row head");
    const lane = make("lane");
    const every = hours.length > 18 ? 2 : 1;
    hours.forEach(([minute, label], i) => {
      if (i % every) return;
      const mark = document.createElement("span");
      mark.textContent = label;
      mark.style.left = share(minute - from);
      lane.append(mark);
    });
    row.append(make("who"), lane);
    return row;
  }

  function person(agent, code) {
    const [id, name] = roster.agents[agent];
    const who = make("who", name);
    who.title = id;
    if (code) {
      const label = document.createElement("span");
      label.className = "code";
      label.textContent = code;
      who.append(label);
    }
    return who;
  }

  function shiftRow([agent, code, start, end, spans, pauses, paid, meetings], from, share) {
    const row = make("row");
    const lane = make("lane");
    const pauseNames = [words.pause_unpaid, words.pause_paid, words.split];
    const place = (className, begin, finish, title) => {
      const node = make(className);
      node.style.left = share(begin - from);
      node.style.width = share(finish - begin);
      node.title = title;
      lane.append(node);
      return node;
    };
    const lines = [`${code} ${clock(start)}–${clock(end)}`, `${words.paid} ${(paid / 60).toFixed(1)}`];
    for (const [begin, finish, served] of spans) {
      const title = `${roster.queues[served]} ${clock(begin)}–${clock(finish)}`;
      place("bar-piece", begin, finish, `${lines.join(" · ")}\n${title}`).style.background = plan.colours[served];
    }
    for (const [begin, finish, kind] of pauses) {
      const className = ["pause", "pause paid", "pause gap"][kind];
      place(className, begin, finish, `${pauseNames[kind]} ${clock(begin)}–${clock(finish)}`);
    }
    for (const [begin, finish, name] of meetings) {
      place("pause meeting", begin, finish, `${name} ${clock(begin)}–${clock(finish)}`);
    }
    row.append(person(agent, code), lane);
    return row;
  }

  function awayRow(agent) {
    const row = make("row");
    row.append(person(agent), make("away", words.on_leave));
    return row;
  }

  function fill(select, values) {
    for (const [value, label] of values) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = label;
      select.append(option);
    }
  }

  function listen() {
    element("queue-choice").addEventListener("click", (event) => {
      const chosen = event.target.dataset.chooseQueue;
      if (chosen !== undefined) choose(Number(chosen), day);
    });
    element("day-choice").addEventListener("click", (event) => {
      const chosen = event.target.dataset.chooseDay;
      if (chosen !== undefined) choose(queue, Number(chosen));
    });
    element("roster-day").addEventListener("click", (event) => {
      const chosen = event.target.dataset.rosterDay;
      if (chosen === undefined) return;
      filter.day = Number(chosen);
      drawRoster();
    });
    for (const name of ["team", "queue", "sort", "search"]) {
      element(`roster-${name}`).addEventListener("input", (event) => {
        filter[name] = event.target.value;
        drawRoster();
      });
    }
    for (const button of document.querySelectorAll(".findings button")) {
      button.addEventListener("click", () => {
        const found = Math.max(0, roster.queues.indexOf(button.dataset.queue));
        choose(found, button.dataset.day === undefined ? -1 : Number(button.dataset.day));
        element("intervals").scrollIntoView();
      });
    }
  }

  const teams = [...new Set(roster.agents.map((agent) => agent[2]))].filter(Boolean).sort();
  fill(element("roster-team"), teams.map((team) => [team, team]));
  fill(element("roster-queue"), roster.queues.map((name, i) => [String(i), name]));
  listen();
  choose(0, -1);
  drawRoster();
})();

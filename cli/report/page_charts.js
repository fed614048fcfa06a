// Charts by interval and the coverage map. The chart library is large: it is started once the page is
// there and the browser has nothing else to do, or when the first chart comes near the screen.
const CHARTS = [...document.querySelectorAll(".chart")].map((node) => node.id.replace("chart-", ""));
const INTERVAL_CHARTS = CHARTS.filter((name) => name !== "heat");
const TICK_STEPS = [15, 30, 60, 120, 180, 240, 360, 720];
// The chart library's own buttons can send a chart to its maker's server: only harmless ones stay.
const CHART_CONFIG = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  modeBarButtons: [["zoomIn2d", "zoomOut2d", "resetScale2d", "toImage"]],
};
const drawn = new Map();

const place = (name) => element(`chart-${name}`);
const plotWidth = () => Math.max(120, place(INTERVAL_CHARTS[0]).clientWidth - 80);
// Near enough to keep labels apart: Chinese characters are as wide as high, others about half.
const textWidth = (text, size) => [...text].reduce((sum, c) => sum + size * (c > "\u2e7f" ? 1 : 0.58), 0);

function startLibrary() {
  if (window.Plotly) return;
  const script = document.createElement("script");
  script.textContent = element("chart-library").textContent;
  document.head.append(script);
}

window.addEventListener("load", () => (window.requestIdleCallback || setTimeout)(startLibrary));

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
  const step = TICK_STEPS.find((candidate) => marks(candidate).length <= mostTicks);
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

const dayRange = () => (view.day === ALL_DAYS
  ? [0, axis.clock.length]
  : axis.open[view.queue][view.day]);

function drawInterval(name) {
  const [from, to] = dayRange();
  const { data, layout } = plan.charts[view.queue][name];
  const told = data.map((line) => (line.hoverinfo === "text" ? { ...line, text: axis.labels } : line));
  const seen = { ...layout, xaxis: { ...layout.xaxis, range: [from, to], ...ticks(from, to) }, ...names(layout, from, to) };
  Plotly.react(place(name), told, seen, CHART_CONFIG);
}

// Ticks follow the zoom, and the interval charts move together.
let moving = false;
function followZoom(change) {
  if (moving || !("xaxis.range[0]" in change || "xaxis.autorange" in change)) return;
  moving = true;
  const [from, to] = change["xaxis.autorange"] ? dayRange() : [change["xaxis.range[0]"], change["xaxis.range[1]"]];
  const { tickvals, ticktext } = ticks(from, to);
  const wanted = { "xaxis.range": [from, to], "xaxis.tickvals": tickvals, "xaxis.ticktext": ticktext };
  const relayout = (name) => Plotly.relayout(place(name), {
    ...wanted,
    ...names(plan.charts[view.queue][name].layout, from, to),
  });
  Promise.all(INTERVAL_CHARTS.filter((name) => drawn.has(name)).map(relayout)).finally(() => { moving = false; });
}

function drawHeat() {
  const { data, layout } = plan.charts[view.queue].heat;
  Plotly.react(place("heat"), data, layout, { ...CHART_CONFIG, displayModeBar: false });
}

// Draws a chart if it is near the screen and does not show the view already.
function drawChart(name) {
  const wanted = name === "heat" ? String(view.queue) : `${view.queue} ${view.day}`;
  if (!near.has(`chart-${name}`) || drawn.get(name) === wanted) return;
  const first = !drawn.has(name);
  startLibrary();
  if (name === "heat") drawHeat();
  else drawInterval(name);
  drawn.set(name, wanted);
  if (!first) return;
  if (name === "heat") place(name).on("plotly_click", ({ points }) => go({ day: points[0].pointNumber[0] }));
  else place(name).on("plotly_relayout", followZoom);
}

function drawCharts() {
  for (const node of document.querySelectorAll(".of-queue")) node.textContent = roster.queues[view.queue];
  CHARTS.forEach(drawChart);
}
followers.push(drawCharts);

// Paper shows every chart, as wide as the paper is.
function fitPaper() {
  for (const name of CHARTS) Plotly.relayout(place(name), { width: place(name).clientWidth });
}

function fitScreen() {
  for (const name of CHARTS) Plotly.relayout(place(name), { width: null, autosize: true });
}

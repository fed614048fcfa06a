// The controls, what follows the view, and when it is drawn.
const FILTERS = ["team", "skill", "on", "sort", "find"];

function fill(select, values) {
  for (const value of values) {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = value;
    select.append(option);
  }
}

// Everything follows the view.
function show() {
  element(`queue-${view.queue}`).checked = true;
  element(`day-${view.day === ALL_DAYS ? "all" : view.day}`).checked = true;
  for (const name of FILTERS) {
    const control = element(`roster-${name}`);
    if (control.value !== view[name]) control.value = view[name];
  }
  showDay();
  showPeople();
  draw();
}

function draw() {
  drawRoster();
  drawCharts();
}

// Charts and the roster wait until they come near the screen; the room of charts is kept for them.
function watch() {
  for (const name of CHARTS) place(name).style.minHeight = `${plan.charts[0][name].layout.height}px`;
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) near.add(target.id);
      else near.delete(target.id);
    }
    draw();
  }, { rootMargin: "500px" });
  for (const node of document.querySelectorAll(".lazy")) watcher.observe(node);
}

// Paper shows everything that the view has.
function showAll() {
  for (const node of document.querySelectorAll(".lazy")) near.add(node.id);
  draw();
  fitPaper();
}

function showDay() {
  document.body.classList.toggle("one-day", view.day !== ALL_DAYS);
  for (const node of document.querySelectorAll("[data-details]")) {
    node.hidden = Number(node.dataset.details) !== view.day;
  }
  for (const row of document.querySelectorAll("[data-day]")) {
    row.classList.toggle("chosen", Number(row.dataset.day) === view.day);
  }
}

// Rows of people that the filters leave out are hidden in every table.
function showPeople() {
  const left = new Set();
  roster.agents.forEach(({ id }, agent) => { if (isShown(agent)) left.add(id); });
  for (const row of document.querySelectorAll("[data-agent]")) row.hidden = !left.has(row.dataset.agent);
}

function listen() {
  element("queue-choice").addEventListener("change", (event) => go({ queue: Number(event.target.value) }));
  element("day-choice").addEventListener("change", (event) => go({ day: Number(event.target.value) }));
  for (const name of FILTERS) {
    element(`roster-${name}`).addEventListener("input", (event) => {
      go({ [name]: event.target.value }, { replace: name === "find" });
    });
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", showAll);
  window.addEventListener("afterprint", fitScreen);
}

fill(element("roster-team"), roster.teams);
fill(element("roster-skill"), roster.skills);
fill(element("roster-on"), roster.queues);
listen();
watch();
follow();
performance.mark("ready");

// The day and the queue, what follows the view, and when it is drawn.
function showChoice() {
  element(`queue-${view.queue}`).checked = true;
  const day = element(`day-${view.day === ALL_DAYS ? "all" : view.day}`);
  day.checked = true;
  const days = element("day-choice");
  days.scrollLeft = day.labels[0].offsetLeft - days.offsetLeft - days.clientWidth / 2;
  for (const node of document.querySelectorAll("[data-details]")) {
    node.hidden = Number(node.dataset.details) !== view.day;
  }
  for (const row of document.querySelectorAll("[data-day]")) {
    row.classList.toggle("chosen", Number(row.dataset.day) === view.day);
  }
}

// Charts and the roster wait until they come near the screen; the room of charts is kept for them.
function watch() {
  for (const name of CHARTS) place(name).style.minHeight = `${plan.charts[0][name].layout.height}px`;
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) near.add(target.id);
      else near.delete(target.id);
    }
    for (const shown of followers) shown();
  }, { rootMargin: "500px" });
  for (const node of document.querySelectorAll(".lazy")) watcher.observe(node);
}

// Paper shows everything that the view has.
function showAll() {
  for (const node of document.querySelectorAll(".lazy")) near.add(node.id);
  for (const shown of followers) shown();
  fitPaper();
}

element("queue-choice").addEventListener("change", (event) => go({ queue: Number(event.target.value) }));
element("day-choice").addEventListener("change", (event) => go({ day: Number(event.target.value) }));
window.addEventListener("hashchange", follow);
window.addEventListener("beforeprint", showAll);
window.addEventListener("afterprint", fitScreen);
followers.unshift(showChoice);
watch();
follow();
performance.mark("ready");

"use strict";
// The choices of the page are kept in its address: a link shows them again.
const FILTERS = ["queue", "changed", "team", "skill", "find"];
const controls = FILTERS.map((name) => document.getElementById(name)).filter(Boolean);
const isCheck = (control) => control.type === "checkbox";

function read() {
  const told = new URLSearchParams(location.hash.slice(1));
  for (const control of controls) {
    if (isCheck(control)) control.checked = told.has(control.id);
    else control.value = told.get(control.id) || "";
    if (!isCheck(control) && control.selectedIndex === -1) control.value = "";
  }
  show();
}

function write() {
  const told = new URLSearchParams();
  for (const control of controls) {
    if (isCheck(control) && control.checked) told.set(control.id, "1");
    else if (!isCheck(control) && control.value) told.set(control.id, control.value);
  }
  history.replaceState(null, "", `#${told}`);
  show();
}

// The name of a metric stands at the first of its rows that is seen.
function showMetric(metric, chosen) {
  let isFirst = true;
  for (const row of metric.rows) {
    row.hidden = Boolean(chosen.queue) && ![chosen.queue, ""].includes(row.dataset.queue);
    const isSeen = !row.hidden && !(chosen.changed && row.classList.contains("same"));
    row.querySelector("th span").classList.toggle("unseen", !(isSeen && isFirst));
    isFirst = isFirst && !isSeen;
  }
}

function show() {
  const chosen = Object.fromEntries(controls.map((control) => [control.id, isCheck(control) ? control.checked : control.value]));
  document.querySelector(".compared").classList.toggle("only-changed", chosen.changed);
  for (const metric of document.querySelectorAll(".compared tbody")) showMetric(metric, chosen);
  const sought = (chosen.find || "").trim().toLowerCase();
  const people = [...document.querySelectorAll(".moves tbody")];
  for (const person of people) {
    const { team, skills } = person.dataset;
    person.hidden = (Boolean(chosen.team) && team !== chosen.team)
      || (Boolean(chosen.skill) && !JSON.parse(skills).includes(chosen.skill))
      || !person.querySelector("th").textContent.toLowerCase().includes(sought);
  }
  const found = document.getElementById("found");
  if (found) found.textContent = found.dataset.words.replace("{number}", people.filter((person) => !person.hidden).length);
}

for (const control of controls) control.addEventListener("input", write);
window.addEventListener("hashchange", () => {
  if (!location.hash || location.hash.includes("=")) read();
});
read();

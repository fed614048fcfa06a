"use strict";
const find = document.getElementById("find");
if (find) {
  const found = document.getElementById("found");
  const people = [...document.querySelectorAll(".moves tbody")];
  const said = people.map((body) => body.querySelector("th").textContent.toLowerCase());
  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    people.forEach((body, i) => { body.hidden = !said[i].includes(wanted); });
    const number = people.filter((body) => !body.hidden).length;
    found.textContent = found.dataset.words.replace("{number}", number);
  };
  find.addEventListener("input", show);
  show();
}
const changed = document.getElementById("changed");
changed.addEventListener("change", () => {
  document.querySelector(".compared").classList.toggle("only-changed", changed.checked);
});

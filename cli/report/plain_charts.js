"use strict";
const charts = JSON.parse(document.getElementById("chart-data").textContent);
for (const [name, chart] of Object.entries(charts)) {
  const config = { responsive: true, displayModeBar: false };
  Plotly.newPlot(document.getElementById(`chart-${name}`), chart.data, chart.layout, config);
}

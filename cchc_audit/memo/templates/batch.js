(() => {
  "use strict";
  const table = document.getElementById("wards");
  if (!table) return;
  const STEP = 300;
  const body = table.tBodies[0];
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  const rows = Array.from(body.rows, (row) => {
    const cells = Array.from(row.cells, (cell) => cell.textContent);
    return { row, cells, text: fold(cells.join(" ")), failed: row.classList.contains("failed") };
  });
  const at = (id) => document.getElementById(id);
  const search = at("search"), province = at("province"), state = at("state"), shown = at("shown");
  const more = document.querySelector(".more");
  const states = {
    alarms: (r) => !r.failed && Number(r.cells[5]) > 0,
    questions: (r) => !r.failed && Number(r.cells[6]) > 0,
    clear: (r) => !r.failed && Number(r.cells[5]) === 0 && Number(r.cells[6]) === 0,
    failed: (r) => r.failed,
  };
  let order = rows, room = STEP;

  function show() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const where = province ? province.value : "";
    const fits = order.filter((r) => (!where || r.cells[3] === where) && (!state.value || states[state.value](r))
      && words.every((word) => r.text.includes(word)));
    body.replaceChildren(...fits.slice(0, room).map((r) => r.row));
    more.hidden = fits.length <= room;
    shown.textContent = shown.dataset.text.replace("{n}", fits.length.toLocaleString("vi")).replace("{all}", rows.length.toLocaleString("vi"));
    const view = new URLSearchParams({ q: search.value, p: where, s: state.value });
    history.replaceState(null, "", "#" + view);
  }

  const collator = new Intl.Collator("vi", { numeric: true });
  const header = Array.from(table.tHead.rows[0].cells);
  header.forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const numeric = cell.dataset.sort === "number";
      const falling = cell.getAttribute("aria-sort") === (numeric ? null : "ascending");
      header.forEach((other) => other.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const value = (r) => (numeric ? (r.failed ? -1 : Number(r.cells[column])) : r.failed && column === 10 ? r.cells[6] : r.cells[column]);
      const compare = numeric ? (a, b) => value(a) - value(b) : (a, b) => collator.compare(value(a), value(b));
      order = rows.slice().sort((a, b) => (falling ? compare(b, a) : compare(a, b)));
      show();
    });
  });

  const given = new URLSearchParams(location.hash.slice(1));
  search.value = given.get("q") || "";
  if (province) province.value = given.get("p") || "";
  state.value = given.get("s") || "";
  for (const field of [search, province, state]) {
    if (field) field.addEventListener("input", () => { room = STEP; show(); });
  }
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("more").addEventListener("click", () => { room += STEP; show(); });
  addEventListener("beforeprint", () => { room = Infinity; show(); });
  at("filters").hidden = false;
  show();
})();

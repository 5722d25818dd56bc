// The review panel: the report with its figures marked on the left, the findings on the right.
//
// Text from a report only ever becomes a text node. Offsets count Unicode code points, as in Python.
// What is typed is kept in the browser (localStorage) until the kernel says that it is on disk.

const PATIENCE = 15000; // milliseconds to wait for the kernel before saying that nothing was saved

function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== ""));
  return node;
}

const points = (text) => Array.from(text).length;

// ------------------------------------------------------------------ what is typed and not yet saved

function drafts(key) {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(key)) || {};
  } catch {
    kept = {}; // no storage in this browser: the text boxes themselves are the only copy
  }
  const store = () => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify(kept));
      else localStorage.removeItem(key);
    } catch {
      /* see above */
    }
  };
  return {
    get: (name) => kept[name],
    names: () => Object.keys(kept),
    set: (name, draft) => ((kept[name] = draft), store()),
    drop: (name) => (delete kept[name], store()),
  };
}

// ------------------------------------------------------------------ the report

function marked(line, marks, state) {
  const letters = Array.from(line.text);
  const nodes = [];
  let at = 0;
  for (const mark of marks) {
    const start = Math.max(mark.start - line.start, at);
    const end = Math.min(mark.end - line.start, letters.length);
    if (start >= end) continue;
    if (start > at) nodes.push(document.createTextNode(letters.slice(at, start).join("")));
    const chosen = mark.findings.includes(state.chosen);
    nodes.push(
      make(
        "mark",
        {
          class: `${mark.look}${chosen ? " chosen" : ""}`,
          "data-start": mark.start,
          "data-end": mark.end,
          title: mark.title,
        },
        letters.slice(start, end).join(""),
      ),
    );
    at = end;
  }
  if (at < letters.length) nodes.push(document.createTextNode(letters.slice(at).join("")));
  return nodes;
}

function sourceNodes(lines, marks, state) {
  const nodes = [];
  let next = 0;
  let table = null;
  const within = (piece) => {
    const end = piece.start + points(piece.text);
    while (next < marks.length && marks[next].end <= piece.start) next += 1;
    const here = [];
    for (let i = next; i < marks.length && marks[i].start < end; i += 1) here.push(marks[i]);
    return here;
  };
  for (const line of lines) {
    if (line.cells) {
      if (!table) nodes.push((table = make("table")));
      const cells = line.cells.map((cell) =>
        make("td", { "data-offset": cell.start }, ...marked(cell, within(cell), state)),
      );
      table.append(make("tr", {}, ...cells));
    } else {
      table = null;
      nodes.push(make("p", { class: line.kind, "data-offset": line.start }, ...marked(line, within(line), state)));
    }
  }
  return nodes;
}

// The code point offset in the report of a place inside the rendered source, null outside it.
function offsetOf(node, index) {
  const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-offset]");
  if (!holder) return null;
  const range = document.createRange();
  range.setStart(holder, 0);
  range.setEnd(node, index);
  return Number(holder.dataset.offset) + points(range.toString());
}

function selectedSpan(pane) {
  const selection = pane.ownerDocument.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.startContainer) || !pane.contains(range.endContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  const text = selection.toString();
  if (start === null || end === null || end <= start || !text.trim()) return null;
  const lead = points(text) - points(text.trimStart());
  const trail = points(text) - points(text.trimEnd());
  return { start: start + lead, end: end - trail, text: text.trim() };
}

function legend(words) {
  const looks = ["differs", "asks", "decided", "agrees", "unread", "corrected"];
  const parts = looks.map((look) => make("mark", { class: look }, words[`look_${look}`]));
  return make("div", { class: "legend" }, ...parts);
}

// ------------------------------------------------------------------ the panel

function render({ model, el }) {
  let close = show(model, el);
  const again = () => (close(), (close = show(model, el)));
  model.on("change:place", again); // another report was opened
  return () => (model.off("change:place", again), close());
}

function show(model, el) {
  const words = model.get("words");
  const source = model.get("source");
  const indicators = model.get("indicators");
  const kept = drafts(`cchc-audit ${model.get("place")}`);
  const state = { chosen: null, filter: "todo", figure: null, busy: new Map(), said: "" };
  let count = 0;

  const root = make("div", { class: "cchc-panel", "data-lm-suppress-shortcuts": "true", lang: model.get("language") });
  const pane = make("div", { class: "source", tabindex: "0", "aria-label": words.report });
  const figureBox = make("div", { class: "figure-box", hidden: true });
  const list = make("div", { class: "list", tabindex: "0", "aria-label": words.findings });
  const bar = make("div", { class: "bar" });
  const notice = make("div", { class: "notice", role: "alert" });
  root.append(
    bar,
    notice,
    make("div", { class: "sides" }, make("div", { class: "left" }, pane, legend(words), figureBox), list),
  );
  el.replaceChildren(root);

  const view = () => model.get("view");

  // ---- talking to the kernel

  function send(request, name) {
    count += 1;
    const id = `${Date.now()}-${count}`;
    const timer = setTimeout(() => settle({ id, ok: false, error: words.no_answer }), PATIENCE);
    state.busy.set(id, { name, timer });
    say("");
    try {
      model.send({ id, ...request });
    } catch {
      settle({ id, ok: false, error: words.no_answer });
    }
  }

  function settle(answer) {
    const waiting = state.busy.get(answer.id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    state.busy.delete(answer.id);
    if (answer.ok || answer.kept) {
      if (waiting.name) kept.drop(waiting.name);
      if (waiting.name?.startsWith("figure")) closeFigure();
    }
    say(answer.ok ? answer.said || "" : answer.error, !answer.ok);
    draw();
  }

  function say(text, bad = false) {
    notice.textContent = text;
    notice.className = bad ? "notice bad" : "notice";
    notice.hidden = !text;
  }

  // ---- the bar

  function drawBar() {
    const { progress, problems } = view();
    const [done, all] = progress;
    const meter = make("progress", { max: all || 1, value: all ? done : 1, "aria-hidden": "true" });
    const filters = ["todo", "done", "all"].map((name) =>
      make(
        "button",
        {
          type: "button",
          class: state.filter === name ? "on" : "",
          "aria-pressed": String(state.filter === name),
          onclick: () => ((state.filter = name), draw()),
        },
        `${words[`filter_${name}`]} (${view().findings.filter((f) => wanted(f, name)).length})`,
      ),
    );
    bar.replaceChildren(
      chooser(),
      make("span", { class: "progress", "aria-live": "polite" }, `${words.reviewed} ${done}/${all}`),
      meter,
      make("span", { class: "filters", role: "group" }, ...filters),
      make("span", { class: "grow" }),
      make("span", { class: "who" }, view().who),
      make("button", { type: "button", disabled: !view().undo, title: view().undo, onclick: undo }, `↶ ${words.undo}`),
      make("button", { type: "button", title: words.refresh_why, onclick: () => send({ act: "refresh" }) }, `⟳ ${words.refresh}`),
    );
    for (const problem of problems) bar.append(make("p", { class: "problem" }, problem));
  }

  function chooser() {
    const names = model.get("reports");
    if (names.length < 2) return "";
    const chosen = model.get("report");
    const options = names.map((name) => make("option", { value: name, selected: name === chosen }, name));
    const open = (event) => send({ act: "open", report: event.target.value });
    return make("select", { class: "reports", "aria-label": words.choose_report, title: words.choose_report, onchange: open }, ...options);
  }

  const undo = () => send({ act: "undo" });

  function wanted(finding, filter) {
    if (filter === "all") return true;
    if (filter === "todo") return finding.to_review && !finding.reviewed;
    return finding.reviewed;
  }

  // ---- the findings

  function drawList() {
    const top = list.scrollTop;
    const active = root.contains(document.activeElement) ? document.activeElement.dataset?.key : null;
    const shown = view().findings.filter((f) => wanted(f, state.filter) || f.id === state.chosen || kept.get(f.id));
    const cards = shown.map(card);
    if (!shown.length) cards.push(make("p", { class: "empty" }, state.filter === "todo" ? words.all_done : words.none));
    list.replaceChildren(...cards, ...corrections(), ...gone());
    list.scrollTop = top;
    if (active) list.querySelector(`[data-key="${CSS.escape(active)}"]`)?.focus({ preventScroll: true });
  }

  function card(f) {
    const draft = kept.get(f.id);
    const body = [
      make(
        "header",
        { onclick: () => choose(f.id, true) },
        make("span", { class: "chip" }, `${f.sign} ${f.word}`),
        f.title ? make("b", {}, f.title) : null,
        make("span", { class: "quiet" }, f.where),
      ),
      make("p", {}, f.message),
    ];
    if (f.figures.length) body.push(make("p", { class: "figures" }, ...f.figures.map((figure) => figureChip(figure, f.id))));
    if (f.working.length) body.push(make("p", { class: "quiet" }, `${words.working}: ${f.working.join("; ")}`));
    if (f.explanations.length) body.push(make("ul", {}, ...f.explanations.map((text) => make("li", {}, text))));
    for (const text of f.changed) body.push(make("p", { class: "changed" }, `↻ ${text}`));
    if (f.decision) body.push(make("p", { class: `decision ${f.state}` }, f.decision));
    for (const text of f.others) body.push(make("p", { class: "decision other" }, text));
    if (f.earlier) body.push(make("p", { class: "earlier" }, f.earlier));
    if (draft) body.push(editor(f, draft));
    else if (f.to_review || f.decision || state.chosen === f.id) body.push(acts(f));
    return make(
      "article",
      {
        class: `card ${f.verdict} ${f.state}${state.chosen === f.id ? " chosen" : ""}`,
        "data-id": f.id,
        onclick: () => state.chosen === f.id || choose(f.id, true),
      },
      ...body,
    );
  }

  const figureChip = (figure, finding) =>
    make(
      "button",
      {
        type: "button",
        class: `figure${figure.corrected ? " corrected" : ""}`,
        title: figure.number ? words.set_right : "",
        onclick: (event) => {
          event.stopPropagation();
          choose(finding, false);
          if (figure.number) openFigure({ start: figure.start, end: figure.end, text: figure.text });
          reveal(figure.start);
        },
      },
      figure.corrected ? `${figure.text} → ${figure.corrected}` : figure.text,
      figure.number ? " ✎" : "",
    );

  function acts(f) {
    const button = (act, label, run) =>
      make("button", { type: "button", class: act, "data-key": `${act} ${f.id}`, onclick: stop(run) }, label);
    return make(
      "div",
      { class: "acts" },
      button("accept", `✓ ${words.accept}`, () => send({ act: "accept", finding: f.id }, f.id)),
      button("dismiss", `${words.dismiss}…`, () => write(f, "dismiss")),
      button("ask", `${words.ask}…`, () => write(f, "ask")),
    );
  }

  const stop = (run) => (event) => (event.stopPropagation(), run());

  function write(f, act) {
    state.chosen = f.id;
    kept.set(f.id, { act, text: kept.get(f.id)?.text || "" });
    draw();
    list.querySelector(`[data-key="${CSS.escape(`text ${f.id}`)}"]`)?.focus();
  }

  function editor(f, draft) {
    const label = draft.act === "dismiss" ? words.reason : words.question;
    const box = make("textarea", {
      rows: "3",
      "aria-label": label,
      placeholder: label,
      "data-key": `text ${f.id}`,
      oninput: () => kept.set(f.id, { act: draft.act, text: box.value }),
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        if (event.key === "Escape") leave();
      },
    });
    box.value = draft.text;
    const save = () => {
      const text = box.value;
      if (draft.act === "dismiss" && !text.trim()) return say(words.reason_missing, true);
      send({ act: draft.act, finding: f.id, reason: text }, f.id);
    };
    const leave = () => (kept.drop(f.id), draw());
    return make(
      "div",
      { class: "editor", onclick: (event) => event.stopPropagation() },
      box,
      make("button", { type: "button", class: "save", onclick: save }, draft.act === "dismiss" ? words.dismiss : words.ask),
      make("button", { type: "button", onclick: leave }, words.cancel),
    );
  }

  function corrections() {
    const rows = view().corrected;
    if (!rows.length) return [];
    const items = rows.map((row) =>
      make("li", { class: row.lost ? "lost" : "", onclick: () => row.lost || reveal(row.start) }, row.text),
    );
    return [make("details", { open: true }, make("summary", {}, `${words.corrected} (${rows.length})`), make("ul", {}, ...items))];
  }

  function gone() {
    const rows = view().gone;
    if (!rows.length) return [];
    const items = rows.map((text) => make("li", {}, text));
    return [make("details", {}, make("summary", {}, `${words.gone} (${rows.length})`), make("ul", {}, ...items))];
  }

  // ---- the report, and one figure of it

  function drawSource() {
    const top = pane.scrollTop;
    pane.replaceChildren(...sourceNodes(source, view().marks, state));
    pane.scrollTop = top;
  }

  function reveal(offset) {
    const at = pane.querySelector(`mark[data-start="${offset}"]`);
    if (!at) return;
    pane.scrollTop += at.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }

  function choose(id, show) {
    state.chosen = id;
    draw();
    if (!show) return list.querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest" });
    const first = view().findings.find((f) => f.id === id)?.figures[0];
    if (first) reveal(first.start);
  }

  function openFigure(span) {
    state.figure = span;
    const name = `figure ${span.start}-${span.end}`;
    const draft = kept.get(name) || {};
    const read = view().marks.some((mark) => mark.read && mark.start < span.end && span.start < mark.end);
    const field = (key, label, more = {}) => {
      const input = make("input", { "aria-label": label, placeholder: label, "data-field": key, ...more });
      input.value = draft[key] || "";
      input.addEventListener("input", () => {
        draft[key] = input.value;
        kept.set(name, { ...draft, text: span.text });
      });
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") save();
        if (event.key === "Escape") closeFigure();
      });
      return input;
    };
    const value = field("value", read ? words.right_value : words.value);
    const unit = field("unit", words.unit);
    const choices = make("datalist", { id: `cchc-indicators-${count}` }, ...indicators.map(([label]) => make("option", { value: label })));
    const idOf = (label) => indicators.find((one) => one[0].toLowerCase() === label.trim().toLowerCase())?.[1] ?? label;
    const indicator = field("indicator", words.indicator, { list: choices.id });
    const reason = field("reason", words.why);
    const at = [span.start, span.end];
    const save = () => {
      const request = { span: at, value: value.value, unit: unit.value, indicator: idOf(indicator.value), reason: reason.value };
      if (value.value.trim()) return send({ act: read ? "misread" : "add", ...request }, name);
      if (indicator.value.trim() && read) return send({ act: "bind", ...request }, name);
      return say(words.value_missing, true);
    };
    const none = () => send({ act: "misread", span: at, value: null, reason: reason.value }, name);
    figureBox.replaceChildren(
      make("b", {}, `“${span.text}”`),
      make("span", { class: "quiet" }, read ? words.figure_read : words.figure_unread),
      value,
      read ? null : unit,
      indicator,
      choices,
      reason,
      make("button", { type: "button", class: "save", onclick: save }, words.save),
      read ? make("button", { type: "button", class: "none", onclick: none }, words.no_figure) : "",
      make("button", { type: "button", onclick: closeFigure }, words.cancel),
    );
    for (const node of [...figureBox.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
    figureBox.hidden = false;
    value.focus({ preventScroll: true });
  }

  function closeFigure() {
    if (state.figure) kept.drop(`figure ${state.figure.start}-${state.figure.end}`);
    state.figure = null;
    figureBox.hidden = true;
  }

  pane.addEventListener("mouseup", () => {
    const span = selectedSpan(pane);
    if (span) openFigure(span);
  });
  pane.addEventListener("click", (event) => {
    const at = event.target.closest("mark");
    if (!at || selectedSpan(pane)) return;
    const [start, end] = [Number(at.dataset.start), Number(at.dataset.end)];
    const mark = view().marks.find((m) => m.start === start && m.end === end);
    const known = mark.findings.map((id) => view().findings.find((f) => f.id === id));
    const first = known.find((f) => f.to_review && !f.reviewed) || known.find((f) => f.to_review) || known[0];
    if (first) choose(first.id, false);
    openFigure({ start, end, text: at.textContent });
  });

  // ---- keys: j k move, a accepts, d dismisses, h asks, z undoes

  list.addEventListener("keydown", (event) => {
    if (event.target.closest("textarea, input") || event.ctrlKey || event.metaKey || event.altKey) return;
    const ids = [...list.querySelectorAll(".card")].map((node) => node.dataset.id);
    const at = ids.indexOf(state.chosen);
    const f = view().findings.find((one) => one.id === state.chosen);
    const keys = {
      j: () => choose(ids[Math.min(at + 1, ids.length - 1)], true),
      k: () => choose(ids[Math.max(at - 1, 0)], true),
      a: () => f && send({ act: "accept", finding: f.id }, f.id),
      d: () => f && write(f, "dismiss"),
      h: () => f && write(f, "ask"),
      z: undo,
    };
    if (!keys[event.key] || !ids.length) return;
    event.preventDefault();
    keys[event.key]();
    list.querySelector(".card.chosen")?.scrollIntoView({ block: "nearest" });
  });

  function draw() {
    drawBar();
    drawSource();
    drawList();
  }

  const onAnswer = (answer) => settle(answer);
  model.on("change:view", draw);
  model.on("msg:custom", onAnswer);
  draw();
  say(kept.names().length ? words.drafts_kept : "");
  const figure = kept.names().find((name) => name.startsWith("figure "));
  if (figure) {
    const [start, end] = figure.slice(7).split("-").map(Number);
    openFigure({ start, end, text: kept.get(figure).text || "" });
  }
  return () => {
    model.off("change:view", draw);
    model.off("msg:custom", onAnswer);
    for (const { timer } of state.busy.values()) clearTimeout(timer);
  };
}

export default { render };

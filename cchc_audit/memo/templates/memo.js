'use strict';
(function () {
  var root = document.documentElement;
  root.classList.add('scripted');
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
  var byId = function (id) { return document.getElementById(id); };
  var cards = all('.finding');
  var form = byId('filters');

  // filters and search
  var fold = function (text) {
    return text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');
  };
  var folded = cards.map(function (card) { return fold(card.textContent); });
  function filter() {
    var wanted = { state: form.elements.state.value, field: form.elements.field.value, kind: form.elements.kind.value };
    var words = fold(form.elements.q.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    cards.forEach(function (card, i) {
      var fits = Object.keys(wanted).every(function (key) { return !wanted[key] || card.dataset[key] === wanted[key]; }) &&
        words.every(function (word) { return folded[i].indexOf(word) >= 0; });
      card.hidden = !fits;
      if (fits) { shown += 1; }
    });
    var out = byId('shown');
    out.textContent = shown ? out.dataset.text.replace('#', shown).replace('%', cards.length) : out.dataset.none;
  }
  function unfilter() { form.reset(); filter(); }
  if (form) {
    form.addEventListener('input', filter);
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.addEventListener('reset', function () { setTimeout(filter); });
    all('[data-step]', form).forEach(function (button) {
      button.addEventListener('click', function () { step(Number(button.dataset.step)); });
    });
    filter();
  }

  // next and previous finding
  function current() {
    var at = document.activeElement && document.activeElement.closest('.finding');
    return at || document.querySelector('.finding:target');
  }
  function step(by) {
    var open = cards.filter(function (card) { return !card.hidden; });
    if (!open.length) { return; }
    var at = open.indexOf(current());
    var next = at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by));
    go(open[next].id);
  }
  function go(id) {
    var target = byId(id);
    if (!target) { return; }
    if (target.hidden) { unfilter(); }
    if (location.hash !== '#' + id) { location.hash = id; }
    if (!target.hasAttribute('tabindex') && target.tagName !== 'A') { target.setAttribute('tabindex', '-1'); }
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.classList.contains('fig') ? 'center' : 'start' });
  }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === 'Escape') { close(); return; }
    if (!form || !form.elements.keys.checked || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) { return; }
    if (event.key === 'j' || event.key === 'J') { step(1); }
    else if (event.key === 'k' || event.key === 'K') { step(-1); }
    else if (event.key === '/') { event.preventDefault(); form.elements.q.focus(); }
  });

  // the checks a figure takes part in
  var inspector = byId('inspector');
  var chosen = null;
  function close() {
    if (inspector.hidden) { return; }
    inspector.hidden = true;
    if (chosen) { chosen.classList.remove('chosen'); chosen.focus({ preventScroll: true }); chosen = null; }
  }
  function claim(index) {
    var row = document.querySelector('tr[data-item="' + index + '"]');
    if (!row) { return null; }
    var item = document.createElement('li');
    var head = document.createElement('a');
    head.href = '#' + (row.dataset.card || row.id);
    head.textContent = row.querySelector('th').textContent.trim();
    item.append(row.querySelector('.verdict').cloneNode(true), ' ', head);
    var card = row.dataset.card && byId(row.dataset.card);
    var work = (card && card.querySelector('.work')) || row.querySelector('.work');
    var stated = document.createElement('p');
    stated.className = 'evidence';
    stated.textContent = row.children[2].textContent.trim();
    item.append(stated);
    if (work) { item.append(work.cloneNode(true)); }
    if (card) { item.append(card.querySelector('.said').cloneNode(true)); }
    return item;
  }
  function choose(figure) {
    if (chosen) { chosen.classList.remove('chosen'); }
    chosen = figure;
    figure.classList.add('chosen');
    var clean = figure.cloneNode(true);
    all('sup', clean).forEach(function (ref) { ref.remove(); });
    byId('chosen').textContent = clean.textContent;
    var list = byId('claims');
    list.replaceChildren();
    figure.dataset.f.split(' ').forEach(function (index) { var item = claim(index); if (item) { list.append(item); } });
    inspector.hidden = false;
    inspector.scrollTop = 0;
    figure.scrollIntoView({ block: 'nearest' });
  }
  if (inspector) {
    inspector.querySelector('.close').addEventListener('click', close);
    document.addEventListener('click', function (event) {
      var figure = event.target.closest('a.fig[data-f]');
      if (figure) { event.preventDefault(); choose(figure); return; }
      var link = event.target.closest('a[href^="#"]');
      if (link && link.getAttribute('href').length > 1) { event.preventDefault(); go(decodeURIComponent(link.getAttribute('href').slice(1))); }
    });
  }

  // a deep link opens on a finding even where a filter would hide it
  window.addEventListener('hashchange', function () {
    var target = byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { unfilter(); target.scrollIntoView(); }
  });
  window.addEventListener('beforeprint', function () { if (form) { unfilter(); } close(); });
})();

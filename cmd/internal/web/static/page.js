// What a screen does beside its forms. Nothing here is needed to get through:
// without scripts folders are chosen from the list, and answers have a button.
'use strict';
(() => {
  const root = document.documentElement.dataset.root;
  document.documentElement.classList.add('scripts');

  // --- Escape, twice: to the neutral page, and back to where one was ---
  const neutral = document.documentElement.dataset.neutral;
  let escaped = -Infinity;
  document.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || e.isComposing || e.repeat) return;
    const twice = e.timeStamp - escaped < 700;
    escaped = twice ? -Infinity : e.timeStamp;
    if (!twice) return;
    if (neutral) { location.assign(sessionStorage.getItem('at') || root + '/'); return; }
    sessionStorage.setItem('at', location.href);
    location.assign(root + '/calendar');
  });
  if (neutral) {
    setInterval(() => fetch(root + '/here', {method: 'POST'}).catch(() => {}), 60000);
    return;
  }

  // --- the server tells what goes on, as long as somebody looks ---
  let stream = null;
  let missed = 0;
  const mine = document.documentElement.dataset;
  // What this page changed comes back with its answer; what is otherwise after
  // a while, with nothing of its own on the way, was changed elsewhere.
  let seen = mine.state;
  let judging = 0;
  const asked = new Set(); // requests of htmx that have no answer yet
  const judge = () => {
    clearTimeout(judging);
    judging = setTimeout(() => {
      if ([...asked].every((x) => x.readyState === 4)) show('moved', mine.state && seen !== mine.state); // a bundle has none
    }, 2000);
  };
  // A screen that waits is fetched again one at a time, and once more for what was
  // told meanwhile: the last word may come while an earlier one is fetched.
  let fetching = null, more = false;
  const fetchWork = () => {
    if (fetching && fetching.readyState !== 4) { more = true; return; }
    more = false;
    document.body.dispatchEvent(new Event('work'));
  };
  setInterval(() => {
    if (!document.hidden && document.querySelector('[hx-trigger^=work]')) fetchWork();
  }, 5000);
  const show = (id, on) => { const e = document.getElementById(id); if (e) e.hidden = !on; };
  const listen = () => {
    // Work may end before the stream is there: the screen says that it waits.
    stream = new EventSource(root + '/events?' + new URLSearchParams({
      case: mine.key,
      waits: document.querySelector('[hx-trigger^=work]') ? 'yes' : '',
    }));
    stream.addEventListener('here', () => { missed = 0; show('away', false); });
    stream.addEventListener('work', fetchWork);
    stream.addEventListener('state', (e) => { seen = e.data; judge(); });
    stream.onerror = () => { if (++missed > 2) show('away', true); };
  };
  // A browser has few connections for one server: a page that is not looked at
  // only says now and then that it is there.
  const look = () => {
    if (stream) { stream.close(); stream = null; }
    if (!document.hidden) listen();
  };
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', () => { if (stream) { stream.close(); stream = null; } });
  addEventListener('pageshow', look);
  setInterval(() => { if (document.hidden) fetch(root + '/here', {method: 'POST'}).catch(() => {}); }, 60000);

  // Whatever htmx brought may be of another state.
  const fresh = (e) => {
    const m = /data-state="([0-9a-f]*)"/.exec(e.detail.xhr ? e.detail.xhr.responseText : '');
    if (!m) return;
    mine.state = m[1];
    show('moved', false);
    judge();
  };
  document.addEventListener('htmx:beforeSend', (e) => {
    asked.add(e.detail.xhr);
    if (e.detail.elt.matches('[hx-trigger^=work]')) fetching = e.detail.xhr;
  });
  document.addEventListener('htmx:afterRequest', (e) => {
    asked.delete(e.detail.xhr);
    fresh(e);
  });
  document.addEventListener('htmx:afterSettle', () => { if (more) fetchWork(); });
  document.addEventListener('htmx:beforeSwap', fresh); // what asked may be gone by then
  // A mistake in a field comes with its part of the screen. Any other error is a
  // page of its own, and what was typed is in it.
  document.addEventListener('htmx:beforeSwap', (e) => {
    if (e.detail.xhr.status < 400) return;
    e.detail.shouldSwap = true;
    e.detail.isError = false;
    if (e.detail.xhr.status !== 422) {
      e.detail.target = document.getElementById('main');
      e.detail.selectOverride = '#main';
      e.detail.swapOverride = 'outerHTML';
    }
  });

  // Nobody's typing is swapped away: a field in use that says more than was sent
  // stays, and is sent when it is left. One that was sent keeps its focus. One that
  // was left meanwhile is on its way, and its own answer brings the new row.
  let inUse = '';
  document.addEventListener('htmx:beforeSwap', (e) => {
    const at = document.activeElement;
    inUse = '';
    const sentOf = (f) => e.detail.requestConfig.parameters[f.name];
    const onItsWay = [...e.detail.target.querySelectorAll('input.t,textarea,select')].some((f) =>
      f !== at && f.closest('[hx-trigger=change]') === f && sentOf(f) !== undefined && f.value !== sentOf(f));
    if (onItsWay && e.detail.xhr.status < 400) { e.detail.shouldSwap = false; return; }
    if (!e.detail.target.contains(at) || !at.matches('input:not([type=radio],[type=checkbox]),textarea,select')) return;
    const sent = e.detail.requestConfig.parameters[at.name];
    if (at.value === (sent === undefined ? at.defaultValue ?? at.value : sent)) inUse = at.id;
    else if (e.detail.xhr.status < 400 || e.detail.xhr.status === 422) e.detail.shouldSwap = false;
  });
  document.addEventListener('htmx:afterSettle', () => {
    const at = inUse && document.getElementById(inUse);
    inUse = '';
    if (!at || document.activeElement === at) return;
    const fold = at.closest('details');
    if (fold) fold.open = true;
    at.focus();
  });

  // Whoever works by keys is not sent to the top of the page because what they pressed is
  // gone, as a question is that was answered.
  let inside = false;
  document.addEventListener('htmx:beforeSwap', (e) => {
    const at = document.activeElement;
    inside = at !== document.body && e.detail.target.contains(at);
  });
  document.addEventListener('htmx:afterSettle', () => {
    const main = document.getElementById('main');
    if (inside && main && (document.activeElement || document.body) === document.body) main.focus({preventScroll: true});
    inside = false;
  });
  // Where a choice is kept at once, arrows look at the choices and the space bar takes one:
  // otherwise who goes to the fifth would have answered the second.
  document.addEventListener('keydown', (e) => {
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[e.key];
    const at = e.target;
    if (!step || !at.matches('input[type=radio]') || !at.closest('form[hx-trigger=change]')) return;
    e.preventDefault();
    const all = [...at.closest('form').querySelectorAll('input[type=radio]')];
    all[(all.indexOf(at) + step + all.length) % all.length].focus();
  });

  // --- words of a picture that a press puts into their field ---
  const offer = () => document.querySelectorAll('[data-fills]').forEach((p) => { p.hidden = false; });
  offer();
  document.addEventListener('htmx:afterSettle', offer);
  document.addEventListener('click', (e) => {
    const word = e.target.closest('[data-fills] button');
    if (!word) return;
    const field = document.getElementById(word.parentElement.dataset.fills);
    field.value = word.textContent;
    field.focus();
  });

  // --- a folder that is dropped comes file by file, with its path and time ---
  const place = document.getElementById('drop');
  if (!place) return;
  const says = document.getElementById('dropping');

  const entries = (reader) => new Promise((ok, bad) => reader.readEntries(ok, bad));
  async function* walk(entry, path) {
    if (entry.isFile) {
      yield {path, file: await new Promise((ok, bad) => entry.file(ok, bad))};
      return;
    }
    const reader = entry.createReader();
    for (let some = await entries(reader); some.length; some = await entries(reader)) {
      for (const e of some) yield* walk(e, path + '/' + e.name);
    }
  }

  async function take(tops) {
    const begun = await fetch(root + '/drop?' + new URLSearchParams({name: tops.length === 1 ? tops[0].name : ''}), {method: 'POST'});
    if (!begun.ok) throw new Error('begin');
    const {id, name} = await begun.json();
    let came = 0, bad = 0;
    for (const top of tops) {
      // several things that were dropped at once lie in one folder
      for await (const {path, file} of walk(top, tops.length === 1 ? name : name + '/' + top.name)) {
        const at = root + '/drop/' + id + '?' + new URLSearchParams({path, modified: String(file.lastModified)});
        const reply = await fetch(at, {method: 'PUT', body: file}).catch(() => ({ok: false}));
        if (reply.ok) came++; else bad++;
        says.textContent = place.dataset.coming + ' ' + came + ' ' + place.dataset.files + (bad ? ' · ' + bad + ' ' + place.dataset.bad : '');
      }
    }
    if (!came) { says.textContent = place.dataset.none; return; }
    const ended = await fetch(root + '/drop/' + id + '?' + new URLSearchParams({missed: String(bad)}), {method: 'POST'});
    location.assign((await ended.json()).next);
  }

  const stop = (e) => { e.preventDefault(); };
  addEventListener('dragover', (e) => { stop(e); place.classList.add('over'); });
  addEventListener('dragleave', () => place.classList.remove('over'));
  addEventListener('drop', (e) => {
    stop(e);
    place.classList.remove('over');
    const tops = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry && i.webkitGetAsEntry()).filter(Boolean);
    if (!tops.length) { says.textContent = place.dataset.none; return; }
    take(tops).catch(() => { says.textContent = place.dataset.none; });
  });
})();

// Keys and the player of cards. Without scripts a card is a form and a player.
'use strict';
(() => {
  const back = 2; // seconds, when who types plays on
  const players = () => [...document.querySelectorAll('#main audio, #main video')];
  let last = null; // the player that was used last
  const player = () => (last && last.isConnected ? last : players()[0]);

  const toggle = (rewind) => {
    const p = player();
    if (!p) return false;
    if (p.paused) {
      if (rewind && p.currentTime > 0) p.currentTime = Math.max(0, p.currentTime - back);
      p.play().catch(() => {});
    } else {
      p.pause();
    }
    return true;
  };

  // Input methods use digits and the space bar inside fields: there only Ctrl+Enter acts.
  document.addEventListener('keydown', (e) => {
    if (e.isComposing || e.altKey || e.metaKey) return;
    const at = e.target;
    if (at.matches('textarea, input:not([type=checkbox]):not([type=radio]), select')) {
      if (e.ctrlKey && e.key === 'Enter' && toggle(true)) e.preventDefault();
      return;
    }
    if (e.ctrlKey) {
      if (e.key === 'Enter' && toggle(true)) e.preventDefault();
      return;
    }
    if (/^[1-9]$/.test(e.key)) {
      const to = document.querySelector('#main [data-key="' + e.key + '"]');
      if (to) { e.preventDefault(); to.click(); }
      return;
    }
    // what has the focus keeps its own space bar
    if (e.key === ' ' && !at.matches('button, a, summary, input, audio, video, [role=button]') && toggle(false)) {
      e.preventDefault();
    }
  });

  document.addEventListener('click', (e) => {
    const cue = e.target.closest('[data-at]');
    const figure = e.target.closest('.tape');
    if (cue && figure) {
      const p = figure.querySelector('audio, video');
      if (p) { p.currentTime = Number(cue.dataset.at); p.play().catch(() => {}); }
      return;
    }
    const take = e.target.closest('[data-take]');
    const words = document.getElementById('words');
    if (take && words) {
      words.value += (words.value && !/[，。！？……\s]$/.test(words.value) ? '，' : '') + take.textContent;
      words.dispatchEvent(new Event('input', {bubbles: true}));
      words.focus();
      return;
    }
    const wave = e.target.closest('.wave svg');
    if (wave && figure) {
      const p = figure.querySelector('audio');
      const box = wave.getBoundingClientRect();
      if (p && p.duration) p.currentTime = p.duration * (e.clientX - box.left) / box.width;
    }
  });

  // Events of players do not rise: they are caught on their way down.
  const draw = (e) => {
    const p = e.target;
    if (!p.matches || !p.matches('audio')) return;
    const now = p.closest('.tape') && p.closest('.tape').querySelector('.now');
    if (!now || !p.duration) return;
    const x = now.ownerSVGElement.viewBox.baseVal.width * p.currentTime / p.duration;
    now.setAttribute('d', 'M' + x.toFixed(1) + ' 0v64');
  };
  document.addEventListener('timeupdate', draw, true);
  document.addEventListener('seeked', draw, true);
  document.addEventListener('play', (e) => {
    last = e.target;
    players().forEach((p) => { if (p !== last) p.pause(); });
  }, true);

  // The line one is at, in the list or on the picture, is marked in both.
  const line = (e) => {
    const at = e.target.closest && e.target.closest('[data-of], [data-line]');
    document.querySelectorAll('.marked .on').forEach((r) => r.classList.remove('on'));
    if (!at) return;
    const r = at.closest('.tape').querySelector('[data-line="' + (at.dataset.of || at.dataset.line) + '"]');
    if (r) r.classList.add('on');
  };
  document.addEventListener('focusin', line);
  document.addEventListener('pointerover', line);
  document.addEventListener('click', (e) => {
    const r = e.target.closest('[data-line]');
    const words = r && document.getElementById('words') &&
      r.closest('.tape').querySelector('[data-of="' + r.dataset.line + '"] [data-take]');
    if (words) { e.preventDefault(); words.click(); }
  });

  // The next card is told to whoever does not see it.
  document.addEventListener('htmx:afterSettle', (e) => {
    if (e.detail.target && e.detail.target.id !== 'main') return;
    const head = document.querySelector('#main h1');
    if (head) head.focus({preventScroll: true});
  });
})();

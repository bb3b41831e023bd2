// Boxes over a picture: drawn, moved. Each change goes into the fields of the
// form, which is sent as it would be by hand.
'use strict';
(() => {
  let from = null, box = null, start = null, nth = -1;
  const at = (e) => {
    const p = document.getElementById('pic-box'), r = p.getBoundingClientRect();
    const cut = (n, most) => Math.max(0, Math.min(most, Math.round(n)));
    return {x: cut((e.clientX - r.left) / r.width * p.dataset.wide, +p.dataset.wide), y: cut((e.clientY - r.top) / r.height * p.dataset.high, +p.dataset.high)};
  };
  const of = (r) => ['x', 'y', 'width', 'height'].map((n) => +r.getAttribute(n));
  const set = (r, v) => ['x', 'y', 'width', 'height'].forEach((n, i) => r.setAttribute(n, v[i]));
  document.addEventListener('pointerdown', (e) => {
    const p = e.target.closest('#pic-box');
    if (!p || e.button) return;
    e.preventDefault();
    const svg = p.querySelector('svg'), all = [...svg.querySelectorAll('rect')];
    from = at(e);
    nth = all.indexOf(e.target);
    box = nth < 0 ? svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'rect')) : e.target;
    start = nth < 0 ? null : of(box);
    if (nth < 0) nth = all.length;
    p.setPointerCapture(e.pointerId);
  });
  document.addEventListener('pointermove', (e) => {
    if (!box) return;
    const to = at(e), p = document.getElementById('pic-box').dataset;
    if (!start) { set(box, [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y)]); return; }
    const keep = (n, size, most) => Math.max(0, Math.min(most - size, n));
    set(box, [keep(start[0] + to.x - from.x, start[2], +p.wide), keep(start[1] + to.y - from.y, start[3], +p.high), start[2], start[3]]);
  });
  document.addEventListener('pointerup', () => {
    if (!box) return;
    const v = of(box), moved = start ? String(v) !== String(start) : v[2] > 3 && v[3] > 3;
    if (!start && !moved) box.remove();
    box = null;
    if (!moved) return;
    const form = document.getElementById('boxes');
    ['x', 'y', 'w', 'h'].forEach((n, i) => { form.querySelectorAll('[name=' + n + ']')[nth].value = v[i]; });
    form.requestSubmit();
  });
})();

// A field of a form is copied whole; where the browser refuses, it is selected.
'use strict';
document.addEventListener('click', (e) => {
  const b = e.target.closest('[data-copies]');
  if (!b) return;
  const field = document.getElementById(b.dataset.copies);
  field.select();
  navigator.clipboard.writeText(field.value).then(() => b.textContent = b.dataset.copied, () => {});
});

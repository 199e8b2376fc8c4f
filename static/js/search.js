// Headlines below the field while one types: a list that arrow keys walk and Enter opens. The form works without it.
const form = document.querySelector('form[data-suggest]');
const field = form?.q;
if (field) {
  const list = document.createElement('ul');
  list.id = 'suggested';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', form.querySelector('label').textContent);
  field.after(list);
  const say = (name, value) => field.setAttribute(name, value);
  say('role', 'combobox');
  say('aria-autocomplete', 'list');
  say('aria-controls', list.id);
  say('aria-expanded', 'false');
  let chosen = -1, pause, asked = '';

  const close = () => {
    list.hidden = true;
    chosen = -1;
    say('aria-expanded', 'false');
    field.removeAttribute('aria-activedescendant');
  };
  const choose = (at) => {
    const rows = [...list.children];
    chosen = (at + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute('aria-selected', place === chosen));
    say('aria-activedescendant', rows[chosen].id);
    rows[chosen].scrollIntoView({block: 'nearest'});
  };
  const show = (found) => {
    list.replaceChildren(...found.map((one, place) => {
      const row = document.createElement('li');
      row.id = `suggested-${place}`;
      row.setAttribute('role', 'option');
      row.setAttribute('aria-selected', 'false');
      row.lang = one.language;
      row.dir = 'auto';
      row.textContent = one.headline;
      row.dataset.href = one.href;
      return row;
    }));
    close();
    list.hidden = !found.length;
    say('aria-expanded', String(found.length > 0));
  };
  const ask = async () => {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < 2) return show([]);
    try {
      const answer = await fetch(`${form.dataset.suggest}&q=${encodeURIComponent(words)}`);
      const told = answer.ok ? await answer.json() : {suggestions: []};
      if (words === asked && document.activeElement === field) show(told.suggestions);
    } catch { show([]); }
  };
  const open = (row) => { if (row.dataset.href.startsWith('/')) location.assign(row.dataset.href); };

  field.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(ask, 150); });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) { close(); event.preventDefault(); }
    if (list.hidden) return;
    if (event.key === 'ArrowDown') { choose(chosen + 1); event.preventDefault(); }
    if (event.key === 'ArrowUp') { choose(chosen < 0 ? -1 : chosen - 1); event.preventDefault(); }
    if (event.key === 'Enter' && chosen >= 0) { open(list.children[chosen]); event.preventDefault(); }
  });
  field.addEventListener('blur', close);
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => { const row = event.target.closest('li'); if (row) open(row); });
}

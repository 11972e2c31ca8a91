/* Two writers changed the same lines: both are shown side by side, and the writer chooses for each place. */
export function differ(host, { text, conflicts }) {
  host.querySelector('.differ')?.remove();
  const box = copy(host, 'differ'), done = box.querySelector('[value="done"]');
  const places = conflicts.map((conflict, n) => {
    const place = copy(host, 'place');
    for (const side of ['mine', 'theirs']) place.querySelector(`.${side}`).textContent = conflict[side].join('\n') || '—';
    for (const choice of place.querySelectorAll('input')) choice.name = `place-${n}`;
    box.querySelector('.places').append(place);
    return place;
  });
  const chosen = () => places.map((place) => place.querySelector(':checked')?.value);
  box.addEventListener('change', () => { done.disabled = chosen().includes(undefined); });
  host.prepend(box);
  box.querySelector('input').focus();
  return new Promise((told) => {
    box.addEventListener('click', ({ target: { value } }) => {
      if (value !== 'done' && value !== 'all') return;
      box.remove();
      told(put(text, conflicts, value === 'all' ? conflicts.map(() => 'both') : chosen()));
    });
  });
}

function copy(host, name) {
  return host.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
}

/* The text in which both sides stand, each place as it was chosen; from the last, so that the first keep theirs. */
function put(text, conflicts, choices) {
  const lines = text.split('\n');
  conflicts.toReversed().forEach(({ where, mine, theirs }, n) => {
    const choice = choices.at(-1 - n);
    const kept = { mine, theirs, both: [...mine, ...theirs] }[choice];
    lines.splice(where - 1, mine.length + theirs.length, ...kept);
  });
  return lines.join('\n');
}

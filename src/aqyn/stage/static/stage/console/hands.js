/* The console under a pointer: its buttons, and which part of it a phone shows. */
export function hands(desk) {
  desk.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button) return;
    const { do: deed, view } = button.dataset;
    if (view) desk.look(view);
    if (deed) desk.do(deed);
    // Whoever presses with a pointer goes on with the keys of the console, not of the button.
    if (event.detail && !button.closest('dialog, form')) desk.focus({ preventScroll: true });
  });
  for (const name of ['tempo', 'lead']) {
    const field = desk.querySelector(`[data-part=${name}]`);
    field.addEventListener('keydown', event => { if (event.key === 'Enter') { event.preventDefault(); field.blur(); } });
  }
}

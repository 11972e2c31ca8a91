/* The desk under a pointer: buttons, the tap key, the speed. */
export function hands(desk, parts) {
  const { tap, speed } = parts;
  let begins = false;   // the press on the tap key that is under way: whether it starts the sound

  desk.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button || (button === tap && event.detail && !begins)) return;
    const { do: deed, mode, nudges } = button.dataset;
    if (deed && !button.hasAttribute('aria-disabled')) desk.do(deed, event);
    if (mode) desk.tapBy(mode);
    if (nudges) desk.nudgeBy(nudges);
    // Whoever presses with a pointer goes on with the keys of the desk, not of the button.
    if ((deed || mode || nudges) && event.detail && !desk.querySelector('dialog[open]')) desk.focusLine();
  });

  /* At the press, not when it is let go; its click is only that of a key or a screen reader. But the sound starts when
     it is let go: before that browsers do not let a finger start one. */
  tap.addEventListener('pointerdown', event => {
    if (event.button) return;
    begins = !desk.playing.running;
    if (begins) return;
    event.preventDefault();
    desk.do('tap', event);
  });
  tap.addEventListener('contextmenu', event => event.preventDefault());

  speed.addEventListener('input', () => desk.speed(speed.value / 100));
  speed.addEventListener('pointerup', () => desk.focusLine());

  const { audio } = desk.playing, plays = () => {
    const { running } = desk.playing;
    desk.toggleAttribute('data-playing', running);
    for (const button of desk.querySelectorAll('[data-do=play]')) button.setAttribute('aria-label', desk.say(running ? 'pause' : 'play'));
  };
  for (const name of ['play', 'pause', 'ended']) audio.addEventListener(name, plays);
  for (const source of [audio, [...audio.querySelectorAll('source')].at(-1)]) source?.addEventListener('error', () => desk.tell('no-sound'));
}

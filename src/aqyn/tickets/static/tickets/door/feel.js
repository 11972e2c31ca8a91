/* What the crew hears and feels, so that nobody has to look: two rising notes let in, one low one does not, three ask. */
const NOTES = { in: [[660, 0, .09], [990, .1, .14]], no: [[150, 0, .45]], ask: [[440, 0, .08], [440, .14, .08], [440, .28, .08]] };
const SHAKES = { in: [60], no: [220, 80, 220], ask: [60, 60, 60, 60, 60] };
let sound = null;

/** A browser gives no sound before somebody pressed something. */
export function wakeSound() {
  try { sound ??= new AudioContext(); sound.resume(); } catch { /* this device has none */ }
}

export function feel(kind) {
  navigator.vibrate?.(SHAKES[kind]);
  if (sound?.state !== 'running') return;
  for (const [pitch, after, long] of NOTES[kind]) {
    const note = sound.createOscillator(), loud = sound.createGain(), at = sound.currentTime + after;
    note.type = kind === 'no' ? 'square' : 'sine';
    note.frequency.value = pitch;
    loud.gain.setValueAtTime(.0001, at);
    loud.gain.exponentialRampToValueAtTime(.5, at + .01);
    loud.gain.exponentialRampToValueAtTime(.0001, at + long);
    note.connect(loud).connect(sound.destination);
    note.start(at);
    note.stop(at + long);
  }
}

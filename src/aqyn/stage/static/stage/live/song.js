/* A song as the hall sings it: its words as on its own page, and when each section and each line has its turn. */
import { Score } from '../../songs/score.js';

export class Song extends Score {
  constructor(json) {
    super(json);
    for (const name of ['entry', 'title', 'hue', 'duration', 'sections', 'spans', 'planned', 'cause']) this[name] = json[name];
    /** When each line rises, null where it is not timed. */
    this.rises = this.lines.map(() => null);
    for (const { i, from } of this.sung) this.rises[i] = from;
  }
}

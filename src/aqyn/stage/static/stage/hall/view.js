/* Which of the page's views is seen. */

/** `where` is null for talk, and while the words or the time are not known yet.
    "joining", "unknown", "full", "notice", "shut", "end", "wait", "cause" or "sing". */
export function viewOf({ link, position, song, where }) {
  if (link === 'unknown') return 'unknown';
  if (link === 'end') return 'end';
  if (!position) return link === 'full' ? 'full' : 'joining';
  if (position.notice) return 'notice';
  if (position.state === 'shut' || position.state === 'end') return position.state;
  if (position.state === 'wait' || !where) return 'wait';
  if (position.state === 'over' || where.over) return song.cause ? 'cause' : 'wait';
  return 'sing';
}

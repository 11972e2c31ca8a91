/* Tonight's sections by name: a song's second verse is its second, however often and in whatever order they are sung. */

/** Of sections by number `[{number, label, lines}]`: `lines` are the places of its lines among all of the song's. */
export function named(song, numbers, labelOf) {
  const { sections } = song, kinds = sections.map(section => section.name || labelOf(section.kind) || section.kind);
  const many = kinds.map(kind => kinds.filter(other => other === kind).length > 1);
  const labels = kinds.map((kind, i) => many[i] ? `${kind} ${kinds.slice(0, i + 1).filter(other => other === kind).length}` : kind);
  return numbers.filter(number => sections[number]).map(number => ({
    number, label: labels[number], lines: sections[number].lines.map(id => song.byId.get(String(id))),
  }));
}

import type { SourceFile } from '../project.js';

/** Splits a file at its `up` and `down` markers. In each part everything else is blank, so that offsets, lines and columns stay those of the file. */
export function markedParts(
  file: SourceFile,
  markers: { readonly up: RegExp; readonly down: RegExp },
): { readonly up: SourceFile; readonly down?: SourceFile } {
  const up = markers.up.exec(file.text);
  const down = markers.down.exec(file.text);
  const upStart = up ? up.index + up[0].length : 0;
  const downStart = down ? down.index + down[0].length : file.text.length;
  // The parts stand in either order.
  const upEnd = down && down.index >= upStart ? down.index : file.text.length;
  const downEnd = up && up.index >= downStart ? up.index : file.text.length;
  return {
    up: { path: file.path, text: only(file.text, upStart, upEnd) },
    ...(down ? { down: { path: file.path, text: only(file.text, downStart, downEnd) } } : {}),
  };
}

function only(text: string, start: number, end: number): string {
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

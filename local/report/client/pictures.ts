import { draw, type Picture } from '../charts/index.ts';
import type { Browser, Part } from './dom.ts';

declare const window: Browser;

/** The picture a place holds; the server wrote it there, in the same version of the code. */
export function pictureIn(place: Part): Picture | null {
  const text = place.querySelector('script')?.textContent;
  // The server that wrote this is this page's own, so its shape is known.
  return text ? (JSON.parse(text) as Picture) : null;
}

/** Draws every picture at the width its place has now. */
export function drawAll(): void {
  for (const place of window.document.querySelectorAll('.picture')) {
    const picture = pictureIn(place);
    const drawn = place.querySelector('.drawn');
    if (picture === null || drawn === null || place.clientWidth === 0) continue;
    drawn.innerHTML = draw(picture, Math.max(140, place.clientWidth));
  }
}

/** Scripts that run inside the page: as text, since the compiler's DOM types would reach code that runs in Node. */

/** Texts whose contrast with what lies behind them is under 4.5, as `ratio text`. */
export const LOW_CONTRAST = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const light = (c) => { const [r, g, b] = c.map((v) => { const s = v / 255; return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (element) => { const stack = []; for (let at = element; at; at = at.parentElement) { const color = rgba(getComputedStyle(at).backgroundColor); stack.push(color); if (color[3] === 1) break; } return stack.reverse().reduce((under, top) => over(top, under), rgba('Canvas').slice(0, 3)); };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || ['SCRIPT', 'STYLE', 'OPTION'].includes(element.tagName) || !element.checkVisibility() || element.closest('.sr, .skip')) continue;
    const style = getComputedStyle(element);
    const back = ground(element);
    const front = over(rgba(element.namespaceURI.endsWith('svg') ? style.fill : style.color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.push(ratio.toFixed(2) + ' ' + node.textContent.trim().slice(0, 40));
  }
  return bad;
})()`;

/** Labels of one picture that overlap, or lie outside it or the page. */
export const BAD_LABELS = `(() => {
  const bad = [];
  for (const svg of document.querySelectorAll('svg.chart')) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
    for (const { words, box } of boxes) if (box.left < Math.min(frame.left, 0) - 1 || box.left < frame.left - 6 || box.right > frame.right + 6 || box.right > innerWidth + 1) bad.push('outside: ' + words);
    boxes.forEach((one, i) => boxes.slice(i + 1).forEach((other) => {
      const x = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const y = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (x > 1 && y > 3) bad.push('overlap: ' + one.words + ' | ' + other.words);
    }));
  }
  return bad;
})()`;

/** How far the page scrolls sideways, in pixels. */
export const SIDEWAYS = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Which element has the focus, and whether its outline shows. */
export const FOCUS = `(() => { const at = document.activeElement; const style = getComputedStyle(at); return { tag: at.tagName, id: at.id, words: (at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 40), outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, top: at.getBoundingClientRect().top + scrollY }; })()`;

/** Things to press that are smaller than 24 by 24 pixels and do not stand in running text. */
export const SMALL_TARGETS = `[...document.querySelectorAll('a, button, select, summary')].filter((one) => one.checkVisibility() && !one.closest('p:not(.tools, .asof), .skip') && !one.classList.contains('skip')).filter((one) => { const box = one.getBoundingClientRect(); return box.height < 23.5 || box.width < 23.5; }).map((one) => one.textContent.trim() + ' ' + one.getBoundingClientRect().height)`;

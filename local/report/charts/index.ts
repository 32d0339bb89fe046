import { type Interval, interval } from './interval.ts';
import { type Running, running } from './running.ts';
import { type Shares, shares } from './shares.ts';
import { type Spans, spans } from './spans.ts';
import { type Stack, stack } from './stack.ts';

/** A picture that follows the width of its place: the form and what it shows, without the width. */
export type Picture =
  | { readonly form: 'stack'; readonly input: Omit<Stack, 'width'> }
  | { readonly form: 'running'; readonly input: Omit<Running, 'width'> }
  | { readonly form: 'interval'; readonly input: Omit<Interval, 'width'> }
  | { readonly form: 'shares'; readonly input: Omit<Shares, 'width'> }
  | { readonly form: 'spans'; readonly input: Omit<Spans, 'width'> };

/** Draws a picture at a width; the server and the browser draw with this one function. */
export function draw(picture: Picture, width: number): string {
  switch (picture.form) {
    case 'stack':
      return stack({ ...picture.input, width });
    case 'running':
      return running({ ...picture.input, width });
    case 'interval':
      return interval({ ...picture.input, width });
    case 'shares':
      return shares({ ...picture.input, width });
    case 'spans':
      return spans({ ...picture.input, width });
    default:
      return picture satisfies never;
  }
}

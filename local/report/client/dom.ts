/**
 * As much of the browser as the page's script touches. The compiler's own DOM types would be global, and so reach
 * code that runs in Node.
 */
export interface Part {
  readonly id: string;
  readonly clientWidth: number;
  textContent: string | null;
  innerHTML: string;
  hidden: boolean;
  readonly dataset: Record<string, string | undefined>;
  readonly classList: { readonly add: (name: string) => void; readonly toggle: (name: string, on: boolean) => void };
  readonly querySelector: (selector: string) => Part | null;
  readonly querySelectorAll: (selector: string) => Iterable<Part>;
  readonly closest: (selector: string) => Part | null;
  readonly getAttribute: (name: string) => string | null;
  readonly setAttribute: (name: string, value: string) => void;
  readonly removeAttribute: (name: string) => void;
  readonly hasAttribute: (name: string) => boolean;
  readonly toggleAttribute: (name: string, on: boolean) => void;
  readonly getBoundingClientRect: () => { readonly left: number };
  readonly replaceWith: (other: Part) => void;
  readonly focus: (options?: { readonly preventScroll: boolean }) => void;
  readonly scrollIntoView: () => void;
}

/** An event of the page. */
export interface Happening {
  readonly target: Part;
  readonly key: string;
  readonly clientX: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly preventDefault: () => void;
}

/** A document. */
export interface Page {
  title: string;
  readonly documentElement: Part;
  readonly activeElement: Part | null;
  readonly querySelector: (selector: string) => Part | null;
  readonly querySelectorAll: (selector: string) => Iterable<Part>;
  readonly addEventListener: (kind: string, then: (event: Happening) => void) => void;
}

/** The window. */
export interface Browser {
  readonly document: Page;
  readonly location: { href: string; readonly search: string; readonly pathname: string; readonly hash: string };
  readonly history: { readonly pushState: (state: null, title: string, address: string) => void };
  readonly localStorage: {
    readonly getItem: (key: string) => string | null;
    readonly setItem: (key: string, value: string) => void;
    readonly removeItem: (key: string) => void;
  };
  readonly navigator: { readonly clipboard: { readonly writeText: (text: string) => Promise<void> } };
  readonly innerWidth: number;
  readonly print: () => void;
  readonly addEventListener: (kind: string, then: () => void) => void;
  readonly DOMParser: new () => { readonly parseFromString: (text: string, kind: 'text/html') => Page };
  readonly IntersectionObserver: new (
    then: (seen: readonly { readonly isIntersecting: boolean; readonly target: Part }[]) => void,
    options: { readonly rootMargin: string },
  ) => { readonly observe: (part: Part) => void };
  readonly FormData: new (form: Part) => Iterable<[string, string]>;
}

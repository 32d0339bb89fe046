/** A statement's own `with`, behind whatever is said before it. */
const WITH = /^((?:\s|--[^\n]*\n)*)with\s/i;

/** A select with views as its first steps. A step of its own that bears a view's name hides the view from it alone. */
export function withSteps(views: readonly (readonly [name: string, sql: string])[], select: string): string {
  if (views.length === 0) return select;
  const first = `with ${views.map(([name, sql]) => `${name} as (\n${sql}\n)`).join(',\n')}`;
  if (!WITH.test(select)) return `${first}\n${select}`;
  const own = new Set(
    [...select.matchAll(/\b([a-z_][a-z0-9_]*) as (?:not )?(?:materialized )?\(/gi)].map(([, name]) => name),
  );
  return views.some(([name]) => own.has(name))
    ? `${first}\nselect * from (\n${select}\n)`
    : select.replace(WITH, (_, before: string) => `${before}${first},\n`);
}

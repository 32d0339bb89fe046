/** Works on several things at a time, answering in their order; all end before the first error is thrown. */
export async function atOnce<T, R>(most: number, things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < things.length && errors.length === 0; index = next++) {
      try {
        results[index] = await work(things[index] as T);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return results;
}

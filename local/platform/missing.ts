/** What a file system says of a path that is not there. */
const ABSENT: readonly string[] = ['ENOENT'];

/** Whether an error says that something is not there. */
export const isMissing = (error: unknown, absent = ABSENT): boolean =>
  error instanceof Error && 'code' in error && absent.includes(String(error.code));

/** What is read, or null where it is not there. @throws every other error */
export function unlessMissing<T>(read: () => T, absent = ABSENT): T | null {
  try {
    return read();
  } catch (error) {
    if (isMissing(error, absent)) return null;
    throw error;
  }
}

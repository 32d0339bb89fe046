const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EEXIST: 'a file stands there',
  EISDIR: 'it is a folder',
  ENOENT: 'there is nothing of that name',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder should',
  EPERM: 'this user may not',
  EROFS: 'nothing can be written there',
};

/** What came of a file or folder that somebody named, in words; a code that has none of ours stands as it is. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : undefined;
  return code === undefined ? error.message : (WORDS[code] ?? code);
}

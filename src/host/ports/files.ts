import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../../core/ports';
import type { Disposable } from '../../core/util/disposable';

/**
 * Files for bodies that are too large for memory: in one folder of the system's temporary folder, readable by this user
 * only (mode 0700 / 0600), made when it is first needed and removed with everything in it on dispose.
 */
export function temporaryFiles(): Files & Disposable {
  let folder: Promise<string> | undefined;
  let path: string | undefined;
  const folderPath = (): Promise<string> =>
    (folder ??= mkdtemp(join(tmpdir(), 'latchkey-')).then((made) => {
      path = made;
      return made;
    }));
  return {
    temporary: async (extension) => {
      const file = join(await folderPath(), `${randomUUID()}${extension}`);
      const handle = await open(file, 'wx', 0o600);
      return {
        write: async (chunk) => {
          await handle.write(chunk);
        },
        close: async () => {
          await handle.close();
          return file;
        },
        discard: async () => {
          await handle.close();
          await rm(file, { force: true });
        },
      };
    },
    dispose: () => {
      if (path !== undefined) rmSync(path, { recursive: true, force: true });
    },
  };
}

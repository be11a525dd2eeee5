// The sample requests as a workspace folder of their own, so that trying things out changes nothing in the project.
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, temporaryFolder } from './paths';

/** Gives a temporary folder with a copy of `media/samples`; with one plain request where there are none. */
export function sampleFolder(): string {
  const folder = temporaryFolder('samples');
  const samples = join(projectRoot(), 'media', 'samples');
  if (existsSync(samples)) cpSync(samples, folder, { recursive: true });
  else writeFileSync(join(folder, 'first.http'), 'GET http://127.0.0.1:8080/\nAccept: application/json\n');
  return folder;
}

// Child processes that never outlive the run: each gets its own process group, and all groups are ended together.
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const windows = process.platform === 'win32';
const running = new Set<ChildProcess>();
let guarded = false;

/** Output of a finished command. */
export interface Finished {
  /** Exit code; 1 when the process ended by a signal. */
  readonly code: number;
  /** Standard output and standard error, in the order they came. */
  readonly output: string;
  /** True when it was ended because its time was up. */
  readonly timedOut: boolean;
}

/** How `run` treats a command. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command and all it started are ended. */
  readonly timeout?: number;
  /** Called with each complete line as it arrives. */
  readonly onLine?: (line: string) => void;
}

/**
 * Starts a program in a process group of its own.
 * Gives the child; it is ended with everything it started when this process exits, is interrupted or calls `endAll`.
 */
export function start(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  guard();
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: !windows, ...options });
  running.add(child);
  note('+', child);
  const gone = (): void => {
    if (running.delete(child)) note('-', child);
  };
  child.once('exit', gone);
  child.once('error', gone);
  return child;
}

/** Runs a program to its end. Gives its exit code and output; throws only when it cannot be started at all. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((done, failed) => {
    const child = start(command, args, { cwd: options.cwd, env: options.env ?? process.env });
    let output = '';
    let timedOut = false;
    const timer = options.timeout
      ? setTimeout(() => {
          timedOut = true;
          void end(child, 5000);
        }, options.timeout)
      : undefined;
    const collect = lineReader((line) => {
      output += `${line}\n`;
      options.onLine?.(line);
    });
    child.stdout?.on('data', collect.push);
    child.stderr?.on('data', collect.push);
    child.once('error', (error) => {
      clearTimeout(timer);
      failed(new Error(`Cannot run ${command}: ${error.message}`, { cause: error }));
    });
    // 'exit', not 'close': a grandchild that keeps the pipe open must not keep us waiting for more than a moment.
    child.once('exit', (code) => {
      clearTimeout(timer);
      const finish = once(() => {
        collect.flush();
        // Whatever the command left running in its group goes with it.
        signalGroup(child, 'SIGKILL');
        done({ code: timedOut ? 1 : (code ?? 1), output, timedOut });
      });
      child.once('close', finish);
      setTimeout(finish, 2000);
    });
  });
}

/** Ends one child and everything in its group: politely first, for good after `grace` milliseconds. */
export async function end(child: ChildProcess, grace = 1500): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return signalGroup(child, 'SIGKILL');
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), grace);
  await gone;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL');
}

/** Ends everything `start` and `run` have begun. Safe to call more than once. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => end(child)));
}

/**
 * Ends what the processes of this run started and could not end themselves, because they were killed.
 * Takes the file that `LATCHKEY_PROCESSES` names, in which each of them wrote what it started and what has ended.
 */
export function endOrphans(file: string): void {
  const left = new Set<number>();
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) left.add(pid);
    else left.delete(pid);
  }
  for (const child of running) if (child.pid) left.delete(child.pid);
  for (const pid of left) signalGroup({ pid }, 'SIGKILL');
}

function note(sign: '+' | '-', child: ChildProcess): void {
  const file = process.env['LATCHKEY_PROCESSES'];
  if (!file || child.pid === undefined) return;
  try {
    appendFileSync(file, `${sign}${child.pid}\n`);
  } catch {
    // The run is over and its folder is gone.
  }
}

/** Cuts a stream into lines. Takes the function that gets each line; `flush` hands over an unfinished last one. */
export function lineReader(onLine: (line: string) => void): { push(chunk: Buffer | string): void; flush(): void } {
  let rest = '';
  return {
    push(chunk) {
      const lines = (rest + chunk.toString()).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    },
    flush() {
      if (rest) onLine(rest);
      rest = '';
    },
  };
}

/** True when a program of that name can be started from the PATH. */
export function onPath(program: string): boolean {
  return spawnSync(windows ? 'where' : 'which', [program], { stdio: 'ignore' }).status === 0;
}

function signalGroup(child: { readonly pid?: number }, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

function guard(): void {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => running.forEach((child) => signalGroup(child, 'SIGKILL')));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => void endAll().finally(() => process.exit(code)));
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

// Builds everything that is not plain text: the extension, its webview, the core check and, when asked, the tests.
//   node esbuild.js               dist/ only
//   node esbuild.js --tests       out/ (unit tests) only
//   node esbuild.js --all         dist/ and everything in out/
//   --production                  minified, no source maps
//   --watch                       rebuild dist/ on change
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const has = (flag) => process.argv.includes(flag);
const production = has('--production');

/** Every `*.test.ts` below a folder: test suites are found, never listed. */
function testFiles(folder) {
  return fs
    .readdirSync(path.join(__dirname, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(folder, name));
}

const common = {
  bundle: true,
  logLevel: 'warning',
  sourcemap: !production,
  minify: production,
  legalComments: 'none',
  // The repository works from any folder name, also one below a hidden folder.
  absWorkingDir: __dirname,
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };

/** What is imported with `import()` becomes a file of its own beside the extension, so that activation does not read it. */
const lazyParts = {
  engine: 'src/core/run/engine.ts',
  demo: 'src/demo/index.ts',
  forms: 'src/host/forms.ts',
  presenter: 'src/host/presenter.ts',
  settingsLocations: 'src/host/settingsLocations.ts',
};
const lazy = {
  name: 'lazy',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ kind, path: specifier, resolveDir }) => {
      // A library's own dynamic imports stay in its bundle.
      if (kind !== 'dynamic-import' || resolveDir.includes('node_modules')) return undefined;
      const file = path.relative(__dirname, path.join(resolveDir, `${specifier}.ts`));
      const name = Object.keys(lazyParts).find((part) => path.normalize(lazyParts[part]) === file);
      if (!name) throw new Error(`${file} is imported with import(): give it a name in lazyParts`);
      return { path: `./${name}.js`, external: true };
    });
  },
};

const extension = {
  ...node,
  entryPoints: { extension: 'src/extension.ts', ...lazyParts },
  outdir: 'dist',
  external: ['vscode'],
  plugins: [lazy],
};

/** The core is built once without `vscode` as an external: a value import of it fails the build. */
const coreCheck = { ...node, entryPoints: { core: 'src/core/index.ts' }, outdir: 'out', write: has('--all') };

const webview = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: { webview: 'src/webview/main.ts' },
  outdir: 'dist',
  tsconfig: 'src/webview/tsconfig.json',
  // The style sheet is adopted by the page's script: no second file, and nothing for the content policy to allow.
  loader: { '.css': 'text' },
};

// The tests run mocha from node_modules; playwright-core and the VS Code downloader find their own files beside themselves.
const testBase = {
  ...node,
  sourcemap: true,
  minify: false,
  external: ['vscode', 'mocha', 'playwright-core', '@vscode/test-electron', 'axe-core', 'esbuild'],
};
const unitTests = () => ({
  ...testBase,
  entryPoints: testFiles('test/unit'),
  outdir: 'out/unit',
  outbase: 'test/unit',
});
const hostTests = () => ({
  ...testBase,
  entryPoints: ['test/host/index.ts', ...testFiles('test/host')],
  outdir: 'out/host',
  outbase: 'test/host',
});
const uiTests = () => ({ ...testBase, entryPoints: testFiles('test/ui'), outdir: 'out/ui', outbase: 'test/ui' });
const programs = () => ({
  ...testBase,
  entryPoints: ['run', 'start', 'bench', 'bench/host', 'rig/hooks', 'rig/reporter']
    .map((name) => `test/${name}.ts`)
    .filter((file) => fs.existsSync(path.join(__dirname, file))),
  outdir: 'out',
  outbase: 'test',
});

let underWay = 0;
/** Says when a rebuild begins and ends, and each problem on a line of its own: what the task in .vscode/tasks.json reads. */
const told = {
  name: 'told',
  setup(build) {
    build.onStart(() => {
      if (underWay++ === 0) console.log('[watch] build started');
    });
    build.onEnd(({ errors, warnings }) => {
      const say = (kind) => (problem) => {
        const { file, line, column } = problem.location ?? { file: 'esbuild.js', line: 1, column: 0 };
        console.log(`${file}:${line}:${column + 1}: ${kind}: ${problem.text}`);
      };
      errors.forEach(say('error'));
      warnings.forEach(say('warning'));
      if (--underWay === 0) console.log('[watch] build finished');
    });
  },
};

async function main() {
  if (has('--watch')) {
    const bundles = [extension, webview];
    const contexts = bundles.map((options) =>
      esbuild.context({ ...options, logLevel: 'silent', plugins: [...(options.plugins ?? []), told] }),
    );
    for (const context of await Promise.all(contexts)) await context.watch();
    return;
  }
  // A test that was renamed or removed must not go on running.
  const stale = has('--all') ? ['unit', 'host', 'ui'] : has('--tests') ? ['unit'] : [];
  for (const suite of stale) fs.rmSync(path.join(__dirname, 'out', suite), { recursive: true, force: true });
  const builds = [];
  if (!has('--tests')) builds.push(extension, webview, coreCheck);
  if (has('--tests')) builds.push(unitTests());
  if (has('--all')) builds.push(unitTests(), hostTests(), uiTests(), programs());
  await Promise.all(builds.map((options) => esbuild.build(options)));
}

main().catch(() => process.exit(1));

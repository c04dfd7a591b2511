import type { awscdk } from 'projen';

/** Which folders of src/ a folder may import, besides itself. */
const ZONES: Record<string, string[]> = {
  model: [],
  openapi: ['model'],
  template: ['model', 'openapi'],
  analysis: ['model'],
  declaration: ['model'],
  constructs: ['model', 'openapi', 'template', 'analysis', 'declaration', 'functions'],
  functions: ['model'],
  guard: ['model'],
  sandbox: ['model', 'template', 'analysis', 'guard'],
  cli: ['model', 'template', 'analysis', 'sandbox'],
};

/** Folders that compute only: no package and no Node.js module. */
const PURE = ['model', 'openapi', 'analysis'];

const NO_PACKAGES = { regex: '^[^.]', message: 'this folder imports nothing from outside src/' };
const NO_CDK = { regex: '^(aws-cdk-lib|constructs|@aws-cdk)(/|$)', message: 'only src/constructs knows the CDK' };
const NO_SDK = { regex: '^@(aws-sdk|smithy)/', message: 'only src/functions calls AWS' };
const NO_FS = { regex: '^(node:)?fs(/|$)', message: 'only src/template/load.ts reads files' };

/** Import zones and file sizes, on top of the style that projen sets. */
export function configureLint(project: awscdk.AwsCdkConstructLibrary): void {
  const eslint = project.eslint!;

  eslint.addRules({
    'import/no-cycle': ['error', { ignoreExternal: true }],
    'import/no-restricted-paths': ['error', { zones: zones() }],
  });
  eslint.addOverride({ files: ['src/**/*.ts'], rules: { 'max-lines': ['error', 400] } });

  restrict('src/**/*.ts', NO_CDK, NO_SDK);
  restrict('src/constructs/**/*.ts', NO_SDK);
  restrict('src/functions/**/*.ts', NO_CDK);
  restrict('src/functions/**/*-function.ts', NO_SDK);
  restrict('src/template/**/*.ts', NO_CDK, NO_SDK, NO_FS);
  restrict('src/template/load.ts', NO_CDK, NO_SDK);
  restrict('src/declaration/**/*.ts', NO_CDK, NO_SDK, NO_FS);
  for (const folder of PURE) {
    restrict(`src/${folder}/**/*.ts`, NO_PACKAGES);
  }

  // What is bundled when the package is built may come from a dev dependency.
  for (const bundled of ['src/cli/**', 'src/sandbox/**', 'src/functions/**', 'src/template/yaml-*.ts', 'src/template/load.ts']) {
    eslint.allowDevDeps(`**/${bundled}`);
  }
  for (const output of ['cdk.out', '*.snapshot', 'lib', 'dist', 'src/functions/*-function.ts']) {
    eslint.addIgnorePattern(output);
  }

  const lint = project.addTask('lint', { description: 'Check style, import zones and file sizes' });
  lint.spawn(project.tasks.tryFind('eslint')!);

  function restrict(file: string, ...patterns: object[]) {
    eslint.addOverride({ files: [file], rules: { 'no-restricted-imports': ['error', { patterns }] } });
  }
}

function zones(): object[] {
  const folders = Object.entries(ZONES).map(([folder, allowed]) => ({
    target: `./src/${folder}`,
    from: './src',
    except: [folder, ...allowed].map((name) => `./${name}`),
    message: `src/${folder} may import only: ${allowed.join(', ') || 'itself'}`,
  }));
  return [
    ...folders,
    {
      target: './src/constructs',
      from: './src/functions/**/!(*-function).ts',
      message: 'constructs use the generated function constructs, not the handlers',
    },
    {
      target: './src',
      from: '.',
      except: ['./src', './node_modules', './package.json'],
      message: 'src/ imports only src/',
    },
  ];
}

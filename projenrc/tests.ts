import { JsonFile, type awscdk } from 'projen';

const FOLDERS = ['src', 'test', 'integ', 'examples', 'bench', 'scripts', 'projenrc'];

/** `npm test`: one type check of everything, then Jest without type checks. */
export function configureTests(project: awscdk.AwsCdkConstructLibrary): void {
  project.tsconfig!.file.addOverride('compilerOptions.types', ['node']);
  project.tsconfigDev.file.addOverride('compilerOptions.types', ['node', 'jest']);
  project.tsconfigDev.file.addOverride('include', [...FOLDERS.map((folder) => `${folder}/**/*.ts`), '.projenrc.ts']);
  for (const output of ['**/cdk.out', '**/*.snapshot', 'cdk-integ.out*']) {
    project.tsconfigDev.addExclude(output);
  }
  project.tsconfigDev.file.addOverride('compilerOptions.noEmit', true);
  project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-protected-api': ['./src/index.ts'] });

  const jest = project.jest!;
  jest.file!.addOverride('testMatch', ['<rootDir>/test/**/*.test.ts']);
  jest.file!.addOverride('globalSetup', '<rootDir>/test/make-temp-folder.ts');
  jest.file!.addOverride('globalTeardown', '<rootDir>/test/remove-temp-folder.ts');
  jest.addIgnorePattern('<rootDir>/test/deployed/');
  jest.addModuleNameMappers({
    '^cdk-protected-api$': '<rootDir>/src/index.ts',
    // Dynamic imports name the compiled file.
    '^(\\.{1,2}/.*)\\.js$': '$1',
  });

  new JsonFile(project, 'jest.deployed.config.json', {
    obj: {
      testMatch: ['<rootDir>/test/deployed/**/*.test.ts'],
      testTimeout: 600_000,
      verbose: true, // a skipped test shows its reason
      moduleNameMapper: jest.config.moduleNameMapper,
      transform: jest.config.transform,
    },
  });
  project.npmignore!.exclude('/jest.config.json', '/jest.deployed.config.json');

  const typecheck = project.addTask('typecheck', {
    description: 'Check the types of all sources, tests, examples and scripts',
    exec: 'tsc --noEmit -p tsconfig.dev.json',
  });
  project.testTask.reset();
  project.testTask.spawn(typecheck);
  project.testTask.exec('jest --ci', { receiveArgs: true });

  project.addTask('test:deployed', {
    description: 'Deploy the examples to a local emulator and call them',
    exec: 'jest --ci --runInBand -c jest.deployed.config.json',
    receiveArgs: true,
  });
}

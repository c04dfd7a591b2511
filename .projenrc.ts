import { awscdk, javascript, typescript } from 'projen';
import { configureCi } from './projenrc/ci';
import { configureCli } from './projenrc/cli';
import { configureInteg } from './projenrc/integ';
import { configureLint } from './projenrc/lint';
import { configurePackage } from './projenrc/package';
import { configureTests } from './projenrc/tests';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-protected-api',
  description: 'OAuth 2.0 scopes on API Gateway: resource servers, app clients and REST APIs that enforce scopes per method, '
    + 'and the tools that show who can call what',
  keywords: [
    'aws', 'cdk', 'aws-cdk', 'awscdk', 'api-gateway', 'apigateway', 'rest-api', 'authorization', 'authorizer',
    'cognito', 'oauth2', 'resource-server', 'scopes', 'security',
  ],
  author: 'The cdk-protected-api authors',
  authorAddress: 'https://github.com/cdk-protected-api',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-protected-api/cdk-protected-api.git',
  license: 'Apache-2.0',
  stability: 'experimental',
  defaultReleaseBranch: 'main',

  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  cdkVersion: '2.275.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  projenrcTs: true,
  projenrcTsOptions: { runner: typescript.TypeScriptRunner.tsx() },
  tsconfigDevFile: 'tsconfig.dev.json',

  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  sampleCode: false,
  autoDetectBin: false,
  integrationTestAutoDiscover: false,
  lambdaOptions: { runtime: awscdk.LambdaRuntime.NODEJS_22_X },
  bundlerOptions: { esbuildVersion: '^0.28.0' },

  publishToPypi: { distName: 'cdk-protected-api', module: 'cdk_protected_api' },
  publishToMaven: {
    javaPackage: 'io.github.cdkprotectedapi',
    mavenGroupId: 'io.github.cdkprotectedapi',
    mavenArtifactId: 'cdk-protected-api',
  },
  publishToNuget: { dotNetNamespace: 'CdkProtectedApi', packageId: 'CdkProtectedApi' },
  publishToGo: { moduleName: 'github.com/cdk-protected-api/cdk-protected-api-go' },

  devDeps: [
    '@aws-cdk/integ-runner@^2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@aws-sdk/client-cognito-identity-provider@^3.1169.0',
    '@hono/node-server@^2',
    '@types/aws-lambda@^8',
    '@types/node@^20',
    'ajv@^8',
    'aws-cdk@^2.1148.1',
    'aws-jwt-verify@^5',
    'aws-sdk-client-mock@^4.1.0',
    'autocannon@^8',
    'cdk-nag@^3.0.2',
    'cdk-preflight@^0.0.143',
    'chokidar@^4',
    'cli-table3@^0.6',
    'commander@^14',
    'fast-check@^4',
    'fflate@^0.8',
    'hono@^4',
    'jose@^5',
    'lru-cache@^11',
    'oauth4webapi@^3',
    'picocolors@^1',
    'playwright-core@^1.65',
    'ts-json-schema-generator@~2.4.0',
    'tsx@^4',
  ],
  // Reads declarations of users at synthesis; shipped inside the package, so that apps install nothing more.
  bundledDeps: ['yaml@^2'],

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'integ', 'examples', 'bench', 'scripts'],
    tsconfigPath: './tsconfig.dev.json',
    projectService: false,
    commandOptions: { fix: false, extraArgs: ['--max-warnings', '0'] },
  },
  jestOptions: {
    jestVersion: '^30',
    configFilePath: 'jest.config.json',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: true,
    junitReporting: false,
    jestConfig: { collectCoverage: false },
  },
});

configurePackage(project);
configureTests(project);
configureLint(project);
configureCli(project);
configureInteg(project);
configureCi(project);

project.synth();

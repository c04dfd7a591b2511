import { isObject, member, objectOf, type JsonObject } from './json';
import { withLocalFiles } from './local-files';
import { flatText, nestedTemplateIn, withNested, type FindNested } from './nested-templates';
import type { LocalFile, LocalFiles, TemplateSet, TemplateSource } from './template-set';
import { parseAssemblyTemplate, parseText } from './template-text';
import { ProblemError, type Problem } from '../model/problem';
import { stringOf } from '../model/value';

/** The file that makes a folder a cloud assembly. */
export const MANIFEST = 'manifest.json';

/** What reading a cloud assembly needs of a file system. */
export interface Files {
  join(...parts: string[]): string;
  /** The file or folder of a path: below a folder, unless the path is absolute. */
  locate(folder: string, path: string): LocalFile;
  exists(path: string): boolean;
  /** The one path of a file or folder, without links. */
  realPath(path: string): string;
  readText(path: string): string;
}

/** Files of assets by their object key in the asset bucket. */
type Assets = ReadonlyMap<string, LocalFile>;

/**
 * Reads a cloud assembly: its stacks, the stacks of nested assemblies (stages), nested stacks, and the OpenAPI
 * documents that are assets.
 *
 * @throws ProblemError `InputNotAssembly`, and what reading a template throws
 */
export function loadAssembly(folder: string, files: Files): TemplateSet {
  const templates: TemplateSource[] = [];
  const bodies: { [objectKey: string]: unknown } = {};
  readFolder(folder, files, templates, bodies);
  if (templates.length === 0) throw new ProblemError([assemblyProblem(folder, 'is a cloud assembly without stacks')]);
  return { templates, bodies };
}

/** The problem of a folder that is no cloud assembly. */
export function assemblyProblem(folder: string, wrong: string): Problem {
  return {
    code: 'InputNotAssembly', subject: folder, wrong, expected: 'the output folder of "cdk synth"', fix: 'run "cdk synth", or give its folder',
  };
}

function readFolder(
  folder: string, files: Files, templates: TemplateSource[], bodies: { [key: string]: unknown }, visited: Set<string> = new Set(),
): void {
  visited.add(files.realPath(folder));
  const manifest = files.join(folder, MANIFEST);
  const artifacts = member(parseText(files.readText(manifest), manifest), 'artifacts');
  if (!isObject(artifacts)) throw new ProblemError([assemblyProblem(manifest, 'lists no artifacts')]);
  const assets = readAssets(folder, artifacts, files);
  const assetFiles = Object.fromEntries(assets);
  for (const [id, artifact] of Object.entries(artifacts)) {
    const properties = objectOf(member(artifact, 'properties'));
    switch (member(artifact, 'type')) {
      case 'cdk:cloud-assembly':
        if (typeof properties.directoryName === 'string') {
          const nested = files.join(folder, properties.directoryName);
          if (files.exists(nested) && visited.has(files.realPath(nested))) {
            throw new ProblemError([assemblyProblem(manifest, `names a folder that is read already: ${properties.directoryName}`)]);
          }
          readFolder(nested, files, templates, bodies, visited);
        }
        break;
      case 'aws:cloudformation:stack':
        if (typeof properties.templateFile !== 'string') throw new ProblemError([assemblyProblem(manifest, `names no template of stack ${id}`)]);
        templates.push(...readStack(id, objectOf(artifact), { folder, assets, assetFiles, files, taken: templates }));
    }
  }
  for (const { template } of templates) readBodies(template, assets, files, bodies);
}

interface Folder {
  readonly folder: string;
  readonly assets: Assets;
  readonly assetFiles: LocalFiles;
  readonly files: Files;
  readonly taken: readonly TemplateSource[];
}

function readStack(id: string, artifact: JsonObject, { folder, assets, assetFiles, files, taken }: Folder): TemplateSource[] {
  const properties = objectOf(artifact.properties);
  const file = files.join(folder, stringOf(properties.templateFile));
  const source: TemplateSource = {
    stack: uniqueName(typeof artifact.displayName === 'string' ? artifact.displayName : id, id, taken),
    template: parseAssemblyTemplate(files.readText(file), file),
    environment: environmentOf(artifact.environment),
    stackName: typeof properties.stackName === 'string' ? properties.stackName : id,
    ...givenParameters(properties.parameters),
  };
  const find: FindNested = (url, _from, metadata) => nestedTemplate(url, metadata, folder, assets, files);
  return withNested(source, file, find, (each) => withLocalFiles(each, assetFiles, (path) => files.locate(folder, path)));
}

/** Values that the assembly gives to parameters at deployment. */
function givenParameters(given: unknown): Pick<TemplateSource, 'parameters'> {
  return isObject(given) ? { parameters: Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string')) } : {};
}

/** `aws://account/region`; the CDK writes `unknown-account` and `unknown-region` where an app does not say. */
function environmentOf(text: unknown): TemplateSource['environment'] {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(typeof text === 'string' ? text : '') ?? [];
  return {
    ...(account !== undefined && account !== 'unknown-account' && { account }),
    ...(region !== undefined && region !== 'unknown-region' && { region }),
  };
}

function nestedTemplate(url: string, metadata: unknown, folder: string, assets: Assets, files: Files): ReturnType<FindNested> {
  const path = member(metadata, 'aws:asset:path');
  const key = [...assets.keys()].find((each) => url.endsWith(`/${each}`));
  const file = typeof path === 'string' ? files.join(folder, path) : key === undefined ? undefined : assets.get(key)?.path;
  if (file === undefined || !files.exists(file)) return undefined;
  return nestedTemplateIn(file, files.readText, parseAssemblyTemplate);
}

/** The file assets of a folder, from its asset manifests. */
function readAssets(folder: string, artifacts: JsonObject, files: Files): Assets {
  const assets = new Map<string, LocalFile>();
  for (const artifact of Object.values(artifacts)) {
    const name = member(member(artifact, 'properties'), 'file');
    if (member(artifact, 'type') !== 'cdk:asset-manifest' || typeof name !== 'string') continue;
    const file = files.join(folder, name);
    const listed = files.exists(file) ? member(parseText(files.readText(file), file), 'files') : undefined;
    for (const asset of Object.values(objectOf(listed))) {
      const path = member(member(asset, 'source'), 'path');
      for (const destination of Object.values(objectOf(member(asset, 'destinations')))) {
        const key = member(destination, 'objectKey');
        if (typeof path === 'string' && typeof key === 'string') assets.set(key, files.locate(folder, path));
      }
    }
  }
  return assets;
}

/** Reads the documents that the REST APIs of a template take from assets. */
function readBodies(template: object, assets: Assets, files: Files, bodies: { [key: string]: unknown }): void {
  for (const resource of Object.values(objectOf(member(template, 'Resources')))) {
    if (member(resource, 'Type') !== 'AWS::ApiGateway::RestApi') continue;
    const key = flatText(member(member(member(resource, 'Properties'), 'BodyS3Location'), 'Key'));
    const file = assets.get(key);
    if (file?.exists === true && !Object.hasOwn(bodies, key)) bodies[key] = readBody(file.path, files);
  }
}

/** A document that cannot be read leaves its API unknown, and nothing else. */
function readBody(file: string, files: Files): unknown {
  try {
    return parseText(files.readText(file), file);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { unknown: `the OpenAPI document cannot be read: ${error.problems[0].wrong}` };
  }
}

/** Names of stacks are construct paths and so unique; should two be equal all the same, the later one takes another. */
function uniqueName(name: string, id: string, taken: readonly TemplateSource[]): string {
  const free = (each: string) => !taken.some(({ stack }) => stack === each);
  if (free(name)) return name;
  let candidate = id;
  for (let count = 2; !free(candidate); count++) candidate = `${name} (${count})`;
  return candidate;
}

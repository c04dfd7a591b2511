import { isObject, member, objectOf } from './json';
import type { LocalFile, LocalFiles, TemplateSource } from './template-set';

/** Metadata of a function by which the CDK says where its asset is, relative to the assembly (`aws:cdk:enable-asset-metadata`). */
export const ASSET_PATH = 'aws:asset:path';

/**
 * A template with the files that may hold code of its functions.
 *
 * @param assets files of the assembly by their object key
 * @param locate the file that a path in the template names
 */
export function withLocalFiles(source: TemplateSource, assets: LocalFiles, locate: (path: string) => LocalFile): TemplateSource {
  const paths = pathsIn(source.template);
  const files = paths.length === 0 ? assets : { ...assets, ...Object.fromEntries(paths.map((path) => [path, locate(path)])) };
  return Object.keys(files).length === 0 ? source : { ...source, files };
}

/** The paths that functions name: in their metadata, or as their code before `aws cloudformation package` uploads it. */
function pathsIn(template: object): string[] {
  const paths: string[] = [];
  for (const resource of Object.values(objectOf(member(template, 'Resources')))) {
    if (!isObject(resource) || resource.Type !== 'AWS::Lambda::Function') continue;
    for (const path of [member(resource.Metadata, ASSET_PATH), member(resource.Properties, 'Code')]) {
      if (typeof path === 'string' && !/^[a-z0-9]+:\/\//i.test(path)) paths.push(path);
    }
  }
  return paths;
}

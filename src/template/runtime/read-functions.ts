import type { FunctionCode, FunctionSettings } from '../../model/runtime-model';
import { isUnknown, type Value } from '../../model/value';
import { member } from '../json';
import { ASSET_PATH } from '../local-files';
import { textMembers } from '../read-api-gateway';
import type { TemplateResource } from '../resources';
import type { LocalFile } from '../template-set';
import { Unresolved, isResolvedObject, toText } from '../unresolved';
import { countValue, requiredText, textValue, toUnknown } from '../values';
import { isPresent } from './is-present';

/** Seconds and MB where a template has none (CloudFormation template reference, `AWS::Lambda::Function`, 2026). */
const TIMEOUT = 3;
const MEMORY = 128;

/** Reads an `AWS::Lambda::Function`. */
export function readFunction(resource: TemplateResource): FunctionSettings {
  const name = textValue(resource.property('FunctionName'), 'FunctionName');
  const isImage = textValue(resource.property('PackageType'), 'PackageType') === 'Image';
  const ofZip = (property: string): Value<string> => (isImage ? { unknown: IMAGE } : requiredText(resource.property(property), property));
  const surroundings = (['Layers', 'VpcConfig'] as const).filter((property) => isPresent(resource.property(property)));
  return {
    id: resource.id,
    ...resource.scope.source.environment,
    ...(name !== undefined && { name }),
    runtime: ofZip('Runtime'),
    handler: ofZip('Handler'),
    code: isImage ? { kind: 'elsewhere', unknown: IMAGE } : codeOf(resource),
    environment: textMembers(resource.property('Environment', 'Variables')),
    timeout: countValue(resource.property('Timeout'), 'Timeout', TIMEOUT),
    memory: countValue(resource.property('MemorySize'), 'MemorySize', MEMORY),
    ...(surroundings.length > 0 && { surroundings }),
  };
}

const IMAGE = 'the function is a container image';

function codeOf(resource: TemplateResource): FunctionCode {
  const code = resource.property('Code');
  const { files = {} } = resource.scope.source;
  const fileOf = (name: unknown) => (typeof name === 'string' && Object.hasOwn(files, name) ? fileCode(name, files[name]) : undefined);
  const assetPath = fileOf(member(resource.metadata, ASSET_PATH));
  if (typeof code === 'string') return fileOf(code) ?? elsewhere(`its code ${code} is not on this machine`);
  if (!isResolvedObject(code)) {
    if (assetPath !== undefined) return assetPath;
    return code instanceof Unresolved ? { kind: 'elsewhere', ...toUnknown(code) } : elsewhere('its code is missing');
  }
  const { ZipFile: inline, ImageUri: image, S3Bucket: bucket, S3Key: key } = code;
  if (inline !== undefined && inline !== null) {
    const source = requiredText(inline, 'ZipFile');
    return isUnknown(source) ? { kind: 'elsewhere', ...source, unknown: `its inline code is not fixed: ${source.unknown}` } : { kind: 'inline', source };
  }
  if (image !== undefined && image !== null) return elsewhere(IMAGE);
  const object = key === undefined || key === null ? undefined : toText(key, 'S3Key');
  const found = fileOf(object) ?? assetPath;
  if (found !== undefined) return found;
  if (object === undefined) return elsewhere('its code is missing');
  if (object instanceof Unresolved) return { kind: 'elsewhere', ...toUnknown(object), unknown: `its code is an object on S3 whose key is not known: ${object.unknown}` };
  const place = typeof bucket === 'string' ? ` in the bucket ${bucket}` : '';
  return elsewhere(`its code is the object ${object}${place} on S3, and no asset of the assembly`);
}

function fileCode(name: string, { path, exists }: LocalFile): FunctionCode {
  return exists ? { kind: 'asset', path } : elsewhere(`its asset ${name} is missing on this machine; synthesize the assembly again`);
}

function elsewhere(unknown: string): FunctionCode {
  return { kind: 'elsewhere', unknown };
}

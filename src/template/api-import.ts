import { member } from './json';
import type { TemplateResource } from './resources';
import { Unresolved, toText, type Resolved } from './unresolved';
import type { Api } from '../model/access-model';
import { isUnknown, type Unknown, type Value } from '../model/value';

const PRIVATE = 'PRIVATE';

/**
 * An API with what follows from the type of its endpoint. A private API always needs a resource policy (API Gateway developer guide,
 * «Private REST APIs», 2026): without one it is not known that anybody reaches it.
 */
export function withEndpoint(api: Api, resource: TemplateResource): Api {
  const isPrivate = isPrivateApi(resource);
  if (isPrivate === false) return api;
  const doubt = isUnknown(isPrivate)
    ? `the API has no resource policy, and whether it is private and needs one cannot be known: ${isPrivate.unknown}`
    : 'the API is private and has no resource policy, without which nobody reaches a private API';
  return { ...api, private: isPrivate, ...(!api.resourcePolicy && { resourcePolicyDoubt: { unknown: doubt } }) };
}

/** Whether an API is private: by its `EndpointConfiguration`, or by the parameter of the import of its document. */
function isPrivateApi(resource: TemplateResource): Value<boolean> {
  const listed = resource.property('EndpointConfiguration', 'Types');
  const types: readonly Resolved[] = [...(Array.isArray(listed) ? listed as readonly Resolved[] : [listed]), importParameter(resource, 'endpointConfigurationTypes')];
  if (types.some((type) => typeof type === 'string' && type.toUpperCase() === PRIVATE)) return true;
  const open = types.find((type) => type instanceof Unresolved);
  return open instanceof Unresolved ? { unknown: open.unknown } : false;
}

function importParameter(resource: TemplateResource, name: string): Resolved {
  return resource.property('Parameters', name);
}

/**
 * The path that an operation of a document gets, by the parameter `basepath` of the import: it is put before each path (`prepend`), or
 * so without its first part (`split`), and ignored by default (API Gateway developer guide, «Set the OpenAPI basePath property», 2026).
 */
export function importedPaths(resource: TemplateResource, document: unknown): (path: string) => Value<string> {
  const base = baseOf(importParameter(resource, 'basepath'), document);
  return (path) => (typeof base !== 'string' ? base : path === '/' && base !== '' ? base : `${base}${path}`);
}

function baseOf(option: Resolved, document: unknown): Value<string> {
  if (option === undefined || option === null || option === 'ignore') return '';
  const word = toText(option, 'the import parameter basepath');
  if (word instanceof Unresolved) return unknownBase(word.unknown);
  if (word !== 'prepend' && word !== 'split') return unknownBase(`the import parameter basepath "${word}" is none of ignore, prepend, split`);
  const path = basePathOf(document);
  if (isUnknown(path)) return unknownBase(path.unknown);
  const parts = path.split('/').filter((part) => part !== '');
  return parts.slice(word === 'split' ? 1 : 0).map((part) => `/${part}`).join('');
}

/** `basePath` of OpenAPI 2.0; empty where a document has none. Server variables of OpenAPI 3.0 are not followed. */
function basePathOf(document: unknown): Value<string> {
  const basePath = member(document, 'basePath');
  if (typeof basePath === 'string') return basePath;
  if (isUnknown(basePath)) return basePath;
  if (basePath !== undefined && basePath !== null) return { unknown: 'the basePath of the OpenAPI document is no text' };
  return member(document, 'servers') === undefined ? '' : { unknown: 'the base path in the servers of the OpenAPI document is not read' };
}

function unknownBase(reason: string): Unknown {
  return { unknown: `the base path of the API cannot be known: ${reason}` };
}

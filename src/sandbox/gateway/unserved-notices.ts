import type { AccessModel, Method } from '../../model/access-model';
import { showRoute } from '../../model/route';
import type { RuntimeModel } from '../../model/runtime-model';
import { isUnknown, showValue } from '../../model/value';
import type { Notice } from '../cognito/notice';

/** Routes that a notice names before it only counts. */
const NAMED_ROUTES = 10;

/**
 * What the templates set and the gateway does not do: limits, caches, and methods that are answered with 501.
 *
 * @param mapped ids of the methods that a local URL stands behind in place of their integration
 */
export function unservedNotices({ methods }: AccessModel, runtime: RuntimeModel, mapped: ReadonlySet<string>): Notice[] {
  const others = new Map(runtime.methods.flatMap(({ id, integration }): [string, string][] => (
    integration.kind === 'other' ? [[id, integration.what]] : []
  )));
  return [
    ...runtime.usagePlans.flatMap(({ id, limits = [] }) => ignored(id, limits, 'the sandbox counts no requests')),
    ...runtime.apis.flatMap(({ stages }) => stages).flatMap(({ id, methodSettings = [] }) => (
      ignored(id, methodSettings, 'the sandbox counts no requests and keeps no answers')
    )),
    ...grouped(methods, ({ access }) => (access.kind === 'lambda' ? 'the sandbox runs no Lambda authorizers' : undefined)),
    ...grouped(methods, ({ id, access }) => {
      const what = access.kind === 'lambda' || mapped.has(id) ? undefined : others.get(id);
      return what && `the sandbox cannot run ${what}; --integration puts a local URL in its place`;
    }),
  ];
}

function ignored(entity: string, names: readonly string[], why: string): Notice[] {
  return names.length === 0 ? [] : [{ entity, what: `${names.join(' and ')} of the template ${names.length > 1 ? 'have' : 'has'} no effect`, why }];
}

/** One notice per API and reason. */
function grouped(methods: readonly Method[], whyOf: (method: Method) => string | undefined): Notice[] {
  const groups = new Map<string, { readonly entity: string; readonly why: string; readonly routes: string[] }>();
  for (const method of methods) {
    const why = whyOf(method);
    if (why === undefined) continue;
    const key = JSON.stringify([method.api, why]);
    const group = groups.get(key) ?? { entity: method.api, why, routes: [] };
    group.routes.push(routeOf(method));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ entity, why, routes }) => {
    const more = routes.length - NAMED_ROUTES;
    const named = `${routes.slice(0, NAMED_ROUTES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    return { entity, what: `answered with 501: ${named}`, why };
  });
}

function routeOf({ id, verb, path }: Method): string {
  return isUnknown(verb) || isUnknown(path) ? `${id} (${showValue(verb)} ${showValue(path)})` : showRoute({ verb, path });
}

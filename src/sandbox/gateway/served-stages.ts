import type { Bind } from './bind';
import { qualifiedNames } from '../../analysis/matrix-names';
import type { AccessModel, Api, Stage } from '../../model/access-model';
import { isKnown, showValue } from '../../model/value';
import type { Notice } from '../cognito/notice';

/** A stage of an API as the gateway serves it. */
export interface ServedStage {
  /** Id of the API in the access model. */
  readonly id: string;
  /** Name of the API; its id where the name is not known. */
  readonly name: string;
  /** What people are shown: the name, with the id of the API behind it where several have that name. */
  readonly shownName: string;
  /** Part of the URL that stands for the API: its name where that is the only one and fit for a URL, with its id otherwise. */
  readonly slug: string;
  readonly stage: string;
  /** Path of the stage: `/apis/photos/prod`. */
  readonly path: string;
}

/** What the gateway serves, and what it cannot. */
export interface ServedStages {
  readonly stages: readonly (ServedStage & { /** Id of the stage in the access model. */ readonly stageId: string })[];
  readonly notices: readonly Notice[];
}

/* Marks that no URL parser changes; a part of dots alone would be a dot segment. */
const URL_SAFE = /^(?!\.+$)[\w.~-]+$/;

/**
 * Names the stages of all APIs of a model.
 *
 * @param bind replaces in a text what is known while the sandbox runs
 */
export function servedStages(model: AccessModel, bind: Bind): ServedStages {
  const notices: Notice[] = [];
  const names = new Map(model.apis.map((api) => [api.id, nameOf(api, bind)]));
  const shown = qualifiedNames(new Map(model.apis.map(({ id }) => [id, names.get(id) ?? id])));
  const slugs = slugsOf(model.apis, names);
  const stages = model.apis.flatMap((api) => {
    if (api.stages.length === 0) notices.push({ entity: api.id, what: 'the API is not served', why: 'the templates have no stage of it' });
    const seen = new Set<string>();
    return api.stages.flatMap((each: Stage) => {
      const stage = bind(each.name);
      if (!isKnown(stage)) {
        notices.push({ entity: each.id, what: `stage ${showValue(stage)} is not served`, why: stage.unknown });
        return [];
      }
      if (seen.has(stage)) return [];
      seen.add(stage);
      const slug = slugs.get(api.id)!;
      return [{
        id: api.id, name: names.get(api.id) ?? api.id, shownName: shown.get(api.id)!, slug, stage, path: `/apis/${slug}/${stage}`, stageId: each.id,
      }];
    });
  });
  return { stages, notices };
}

function nameOf({ name }: Api, bind: Bind): string | undefined {
  const bound = name === undefined ? undefined : bind(name);
  return isKnown(bound) && bound !== '' ? bound : undefined;
}

function slugsOf(apis: readonly Api[], names: ReadonlyMap<string, string | undefined>): Map<string, string> {
  const uses = new Map<string, number>();
  for (const name of names.values()) if (name !== undefined) uses.set(name, (uses.get(name) ?? 0) + 1);
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  const rest: Api[] = [];
  for (const api of apis) {
    const name = names.get(api.id);
    if (name !== undefined && uses.get(name) === 1 && URL_SAFE.test(name)) {
      slugs.set(api.id, name);
      taken.add(name);
    } else {
      rest.push(api);
    }
  }
  for (const { id } of rest) {
    const name = names.get(id);
    const base = `${name === undefined ? '' : `${name}-`}${id}`.replace(/[^\w.~-]+/g, '-');
    let slug = base;
    for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
    slugs.set(id, slug);
    taken.add(slug);
  }
  return slugs;
}

import type { AccessModel } from '../model/access-model';
import { ProblemError, type Problem } from '../model/problem';
import { parseRoute, showRoute } from '../model/route';

/** A local URL in place of the integration of a method. */
export interface IntegrationMapping {
  /** Id of the method. */
  readonly method: string;
  readonly url: string;
}

/**
 * Reads `GET /x=http://127.0.0.1:8080/x`: which methods lead to which URLs. A route of several APIs stands for all of them.
 *
 * @throws ProblemError `SandboxIntegration`
 */
export function readIntegrationMappings(texts: readonly string[], model: AccessModel): IntegrationMapping[] {
  const problems: Problem[] = [];
  const mappings = texts.flatMap((text) => {
    const [, route, url] = /^([^=]+)=(https?:\/\/.+)$/i.exec(text) ?? [];
    const parsed = route === undefined ? undefined : parseRoute(route);
    if (parsed === undefined || 'problems' in parsed || !URL.canParse(url)) {
      problems.push(problem(text, 'is no mapping', 'a route, an equals sign and a URL: "GET /x=http://127.0.0.1:8080/x"'));
      return [];
    }
    const wanted = showRoute(parsed.route);
    const methods = model.methods.filter(({ verb, path }) => `${String(verb)} ${String(path)}` === wanted);
    if (methods.length === 0) problems.push(problem(wanted, 'is none of the templates', 'a route as "protected-api matrix" shows it'));
    return methods.map(({ id }) => ({ method: id, url }));
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return mappings;
}

function problem(got: string, wrong: string, expected: string): Problem {
  return { code: 'SandboxIntegration', subject: 'route of --integration', wrong, got, expected, fix: 'correct --integration' };
}

import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { show, timeInTurn, type Figure } from './measure';
import { Access, ProtectedApi, Scope, ScopedResourceServer } from 'cdk-protected-api';

const POOLS = 9;
const FEW = 10;
const USUAL = 66;
const MANY = 1000;
const MAX_RATIO = 120;
const ROUNDS = 5;

/** Time of synthesis by the number of clients, spread over nine user pools whose tokens one API takes. */
export function benchClients(): Figure[] {
  const many = timeInTurn(() => synthesizeClients(MANY), () => synthesizeClients(FEW), ROUNDS);
  const usual = timeInTurn(() => synthesizeClients(USUAL), () => synthesizeClients(FEW), ROUNDS);
  return [
    {
      what: `synthesis with ${MANY} clients / ${FEW} clients, ${POOLS} user pools`,
      measured: `${show(many.ratio, 1)} (${show(many.a, 0)} ms, ${show(many.b, 0)} ms)`,
      target: `at most ${MAX_RATIO}`,
      met: many.ratio <= MAX_RATIO,
    },
    {
      what: `synthesis with ${USUAL} clients / ${FEW} clients, ${POOLS} user pools`,
      measured: `${show(usual.ratio, 1)} (${show(usual.a, 0)} ms, ${show(usual.b, 0)} ms)`,
      target: `at most ${show(MAX_RATIO * USUAL / MANY, 1)}`,
      met: usual.ratio <= MAX_RATIO * USUAL / MANY,
    },
  ];
}

/** Half of the clients are machines, half sign users in; each lists two scopes. */
function synthesizeClients(count: number): void {
  const app = new App({
    builtinCloudFormationValidation: false,
    context: { '@aws-cdk/core:stackResourceLimit': 0 },
  });
  const stack = new Stack(app, 'Bench');
  const servers = Array.from({ length: POOLS }, (_, number) => {
    const server = new ScopedResourceServer(stack, `Server${number}`, { identifier: `server${number}` });
    return { server, read: server.addScope('read', 'Read'), write: server.addScope('write', 'Write') };
  });
  for (let number = 0; number < count; number++) {
    const { server, read, write } = servers[number % POOLS];
    if (Math.floor(number / POOLS) % 2 === 0) server.addMachineClient(`Machine${number}`, { scopes: [read, write] });
    else server.addSpaClient(`Spa${number}`, { scopes: [Scope.OPENID, read], callbackUrls: ['https://app.example.com/cb'] });
  }
  const api = new ProtectedApi(stack, 'Api', { resourceServers: servers.map(({ server }) => server), defaultIntegration: new MockIntegration() });
  api.addRoute('GET /items', { access: Access.anyOf(...servers.map(({ read }) => read)) });
  app.synth();
}

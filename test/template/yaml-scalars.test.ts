import { modelOf, resolve, source } from './templates';
import { scopesOf } from '../../src/template/template-scope';
import { parseTemplate } from '../../src/template/template-text';
import { UnresolvedScalar } from '../../src/template/unresolved';

const parsed = (yaml: string) => parseTemplate(`Resources: {}\nMetadata:\n  A: ${yaml}`, 'x') as { Metadata: { A: unknown } };
const valueOf = (yaml: string) => resolve(parsed(yaml).Metadata.A);
const CANNOT = expect.stringContaining('not verified') as string;

describe('an unquoted scalar', () => {
  test.each(['010', '012345678901', '0x1F', '1e3', '1_000', '0b101', '12:30', '1.10', '1.', '+1', '12345678901234567890', 'yes', 'No', 'ON', 'off'])(
    '%s has no certain text', (text) => {
      expect(valueOf(text)).toMatchObject({ unknown: `whether the unquoted ${text} stays as it is written is not verified`, text: undefined });
    },
  );

  test.each(['1.0', '2.0', '-0.0', '10.0'])('%s keeps its text, and equals no other value for certain', (text) => {
    expect(valueOf(text)).toBeInstanceOf(UnresolvedScalar);
    expect(valueOf(`!Join ["", [v, ${text}]]`)).toBe(`v${text}`);
    expect(valueOf(`!Equals ["${text}", ${text}]`)).toMatchObject({ unknown: CANNOT });
  });

  test.each<[string, unknown]>([
    ['1', 1], ['1.5', 1.5], ['true', true], ['123456789012', 123456789012], ['y', 'y'], ['n', 'n'], ['yesterday', 'yesterday'], ['2012-10-17', '2012-10-17'],
    ['"010"', '010'], ['\'yes\'', 'yes'], ['!!str 010', '010'], ['arn:aws:iam::1:role/x', 'arn:aws:iam::1:role/x'], ['a_1', 'a_1'],
  ])('%s is what it is', (text, value) => {
    expect(parsed(text).Metadata.A).toEqual(value);
  });
});

const TEMPLATE = `
Parameters:
  Account: { Type: String, Default: "012345678901" }
  Secret: { Type: String, Default: s3cret, NoEcho: yes }
  Plain: { Type: String, Default: photos, NoEcho: "false" }
Conditions:
  Own: !Equals [!Ref Account, 012345678901]
Resources:
  Pool: { Type: AWS::Cognito::UserPool }
  Server:
    Type: AWS::Cognito::UserPoolResourceServer
    Properties: { UserPoolId: !Ref Pool, Identifier: !Ref Plain, Scopes: [{ ScopeName: 1.0 }, { ScopeName: 010 }] }
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties: { UserPoolId: !Ref Pool, ClientName: !Ref Secret, GenerateSecret: yes, AllowedOAuthFlowsUserPoolClient: Off }
  Api: { Type: AWS::ApiGateway::RestApi }
  Part:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: 1.0 }
  Method:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !Ref Part, HttpMethod: GET, AuthorizationType: !If [Own, NONE, AWS_IAM] }
`;

describe('a template in YAML 1.1', () => {
  const model = modelOf(source(parseTemplate(TEMPLATE, 'x')));

  test('has its flags, and texts as they are written', () => {
    expect(model.clients).toMatchObject([{ secret: true, oauth: false }]);
    expect(model.methods).toMatchObject([{ path: '/1.0' }]);
    expect(model.resourceServers).toMatchObject([{ identifier: 'photos', scopes: [{ name: '1.0' }, { name: { unknown: CANNOT } }] }]);
  });

  test('hides no open method behind a comparison', () => {
    expect(model.methods).toMatchObject([{ access: { kind: 'unknown', unknown: CANNOT } }]);
  });

  test('shows no secret', () => {
    expect(JSON.stringify(model)).not.toContain('s3cret');
    expect(scopesOf({ templates: [source(parseTemplate(TEMPLATE, 'x'))] })[0].resolve({ Ref: 'Secret' })).toMatchObject({ unknown: 'parameter App/Secret is a secret' });
  });
});

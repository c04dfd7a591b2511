import {
  ResponseType, type CfnGatewayResponse, type CorsOptions, type GatewayResponse, type GatewayResponseOptions, type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { failAt } from './problems';
import type { Problem } from '../../model/problem';

/**
 * Puts CORS headers on what the gateway itself answers, so that a browser application can read a refusal.
 *
 * The two default types serve every type that is not customised, 401 and 403 among them (API Gateway developer guide,
 * «Gateway response types»). A customised type does not inherit from them, so it gets the headers too.
 */
export class CorsGatewayResponses {
  private readonly defaults = new Map<string, GatewayResponse>();
  /** The ids that default types were added by. */
  private readonly added = new Map<string, string>();

  /**
   * @param define adds a gateway response to the API without further ado
   */
  public constructor(
    private readonly api: RestApi, private readonly cors: CorsOptions,
    private readonly define: (id: string, options: GatewayResponseOptions) => GatewayResponse,
  ) {
    for (const type of [ResponseType.DEFAULT_4XX, ResponseType.DEFAULT_5XX]) {
      this.defaults.set(type.responseType, define(`Cors-${type.responseType}`, { type, responseHeaders: corsHeaders(cors) }));
    }
  }

  /** Adds a gateway response with CORS headers; headers that it sets itself stay. */
  public add(id: string, options: GatewayResponseOptions): GatewayResponse {
    const { type: { responseType }, responseHeaders: own = {} } = options;
    const responseHeaders = { ...without(corsHeaders(this.cors), Object.keys(own)), ...own };
    const existing = this.defaults.get(responseType);
    if (existing === undefined) return this.define(id, { ...options, responseHeaders });
    // The API already has this type, and can have it once only.
    failAt(this.checkOnce(id, responseType));
    this.added.set(responseType, id);
    const resource = existing.node.defaultChild as CfnGatewayResponse;
    resource.responseParameters = Object.fromEntries(
      Object.entries(responseHeaders).map(([header, value]) => [`gatewayresponse.header.${header}`, value]),
    );
    resource.responseTemplates = options.templates;
    resource.statusCode = options.statusCode;
    this.api.latestDeployment?.addToLogicalId({ gatewayResponse: { ...options, responseHeaders } });
    return existing;
  }

  private checkOnce(id: string, type: string): Problem[] {
    const earlier = this.added.get(type);
    return earlier === undefined ? [] : [{
      code: 'GatewayResponseDuplicate',
      subject: `gateway response "${id}"`,
      wrong: `has the type of gateway response "${earlier}"`,
      got: type,
      expected: `one gateway response of each type in API "${this.api.node.path}"`,
      fix: 'put all headers and templates of the type into one',
    }];
  }
}

/** Headers without those of the given names, which HTTP compares without case. */
function without(headers: { readonly [header: string]: string }, names: readonly string[]): { [header: string]: string } {
  const left = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([header]) => !left.has(header.toLowerCase())));
}

/**
 * A gateway response cannot choose among several origins, so several origins get `*`: what the gateway answers itself
 * carries no data of users. Browsers refuse `*` for requests with cookies; bearer tokens need none.
 */
function corsHeaders(cors: CorsOptions): { [header: string]: string } {
  const single = cors.allowOrigins.length === 1 ? cors.allowOrigins[0] : '*';
  return {
    'Access-Control-Allow-Origin': `'${single}'`,
    ...(cors.allowCredentials && single !== '*' && { 'Access-Control-Allow-Credentials': "'true'" }),
    ...(cors.exposeHeaders && { 'Access-Control-Expose-Headers': `'${cors.exposeHeaders.join(',')}'` }),
  };
}

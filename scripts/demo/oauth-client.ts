import type * as OAuth from 'oauth4webapi' with { 'resolution-mode': 'import' };

/** A confidential or public client, as somebody configures it in an application. */
export interface Registration {
  readonly clientId: string;
  /** Absent for a public client. */
  readonly secret?: string;
}

/** What a standard OAuth client does with an issuer: nothing in it knows the sandbox, but that it speaks http. */
export class OAuthClient {
  public static async discover(issuer: string): Promise<OAuthClient> {
    const oauth = await import('oauth4webapi');
    const insecure = { [oauth.allowInsecureRequests]: true };
    const url = new URL(issuer);
    const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, insecure));
    return new OAuthClient(oauth, server);
  }

  private constructor(private readonly oauth: typeof OAuth, private readonly server: OAuth.AuthorizationServer) {}

  /** An access token by the client credentials grant. */
  public async machineToken({ clientId, secret = '' }: Registration, scope?: string): Promise<OAuth.TokenEndpointResponse> {
    const { oauth, server } = this;
    const client = { client_id: clientId };
    const response = await oauth.clientCredentialsGrantRequest(
      server, client, oauth.ClientSecretBasic(secret), new URLSearchParams(scope === undefined ? {} : { scope }), this.insecure,
    );
    return oauth.processClientCredentialsResponse(server, client, response);
  }

  /**
   * Tokens of a user by the authorization code grant with PKCE.
   *
   * @param signIn opens the URL of the authorization endpoint as a browser does, and returns the callback URL with its parameters
   */
  public async userTokens(
    { clientId }: Registration, redirectUri: string, scope: string, signIn: (url: URL) => Promise<URL>,
  ): Promise<OAuth.TokenEndpointResponse> {
    const { oauth, server } = this;
    const client = { client_id: clientId };
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = new URL(server.authorization_endpoint!);
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const parameters = oauth.validateAuthResponse(server, client, await signIn(url), state);
    const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), parameters, redirectUri, verifier, this.insecure);
    return oauth.processAuthorizationCodeResponse(server, client, response);
  }

  private get insecure(): object {
    return { [this.oauth.allowInsecureRequests]: true };
  }
}

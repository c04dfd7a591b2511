/** The look of managed login for one client. */
export class ManagedLoginBranding {
  /** The look that Cognito provides. */
  public static cognitoProvided(): ManagedLoginBranding {
    return new ManagedLoginBranding(true, undefined);
  }

  /**
   * A look of your own.
   *
   * @param settings the JSON document of the branding designer, as `DescribeManagedLoginBranding` gives it; Cognito checks it at deployment
   */
  public static settings(settings: { [key: string]: any }): ManagedLoginBranding {
    return new ManagedLoginBranding(true, settings);
  }

  /** None here: somebody else gives the client its look. Until then, nobody signs in to it through managed login. */
  public static none(): ManagedLoginBranding {
    return new ManagedLoginBranding(false, undefined);
  }

  private constructor(
    /** @internal */
    public readonly _defined: boolean,
    /** @internal */
    public readonly _settings: { readonly [key: string]: any } | undefined,
  ) {}
}

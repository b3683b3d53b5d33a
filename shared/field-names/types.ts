/** What one product calls the fields of a profile. */
export interface ProductNames {
  /** Id of the target. */
  target: string;
  /** The product in short, as it stands in a list. */
  product: string;
  /** The section that holds the keys; '' where they stand by themselves. */
  place: string;
  /** Its key by our dotted path, or by `secret.` and the kind; several keys that make one value are joined by a comma. */
  names: Readonly<Record<string, string>>;
}

/** A name in a SASL message: a comma ends it, so it is escaped, and with it the escape's own sign (RFC 5801 4). */
export function saslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}

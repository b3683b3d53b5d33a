import type { AddressChoice, AddressResult } from '../../shared/report.ts';

/** How programs of one kind go through the addresses of a name. */
interface Habit {
  programs: string;
  /** The addresses in the order in which they would be used; only those that are used at all. */
  order(results: readonly AddressResult[]): readonly AddressResult[];
  how: string;
}

const of = (family: 4 | 6) => (result: AddressResult) => result.family === family;

const HABITS: readonly Habit[] = [
  {
    // InetSocketAddress takes the first address, and java.net.preferIPv6Addresses is false unless set.
    programs: 'Java (Keycloak, Jenkins, SonarQube)',
    order: (results) => [...results.filter(of(4)), ...results.filter(of(6))].slice(0, 1),
    how: 'only the first address, IPv4 before IPv6',
  },
  {
    // net.Dialer: the family of the first address, after FallbackDelay the other one (RFC 6555).
    programs: 'Go (Mattermost, Grafana, Gitea)',
    order: (results) => {
      const first = results[0]?.family ?? 4;
      return [...results.filter(of(first)), ...results.filter(of(first === 4 ? 6 : 4))];
    },
    how: 'the family of the first address, after 300 ms the other one as well',
  },
  {
    // nodemailer looks up both families itself, begins with any address and falls back to the rest.
    programs: 'Node with nodemailer (n8n, Rocket.Chat)',
    order: (results) => [...results.filter(of(4)), ...results.filter(of(6))],
    how: 'one at random, then the others',
  },
  {
    // socket.create_connection, stream_socket_client and TCPSocket go through what getaddrinfo gave.
    programs: 'Python, PHP and Ruby (Django, Nextcloud, GitLab)',
    order: (results) => results,
    how: 'one after the other as the system orders them, each with its whole time limit',
  },
];

/**
 * Which address each kind of program would use, by what came of connecting to each. [] for a single address: there is
 * nothing to choose.
 * @param results In the order of the system's resolver.
 */
export function addressChoices(results: readonly AddressResult[]): AddressChoice[] {
  if (results.length < 2) return [];
  return HABITS.map(({ programs, order, how }) => {
    const used = order(results);
    const connected = used.find(({ outcome }) => outcome === 'connected');
    return { programs, how, address: (connected ?? used[0])?.address ?? '', connects: connected !== undefined };
  });
}

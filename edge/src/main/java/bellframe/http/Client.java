package bellframe.http;

import bellframe.credentials.Origin;
import java.net.InetAddress;

/// Who sent a request, before anything is known of its signature.
///
/// @param network what is limited by address: an IPv4 address, or the first address of an IPv6 network of 64 bits, which is
///        what one customer has of a provider at least
public record Client(Origin origin, InetAddress network) {
}

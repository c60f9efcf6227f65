package bellframe.policy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// The IP addresses that begin with the same bits: a range in CIDR notation, or one address.
///
/// @param network an address of the range, 4 bytes or 16
/// @param prefix how many of its bits count
record AddressRange(byte[] network, int prefix) implements Operand {

    private static final Pattern IPV4 = Pattern
            .compile("(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    static AddressRange parse(Element range) {
        return parse(range.text()).orElseThrow(
                () -> range
                        .refused(Element.excerpt(range.text()) + " is no IP address or range, such as 192.0.2.0/24"));
    }

    @Override
    public boolean matches(String value, PolicyContext context) {
        return read(value).map(this::contains).orElse(false);
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int bytes = prefix / Byte.SIZE;
        for (int i = 0; i < bytes; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((address[bytes] ^ network[bytes]) & 0xff) >> (Byte.SIZE - rest) == 0;
    }

    private static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> network = read(slash < 0 ? text : text.substring(0, slash));
        return network.flatMap(address -> prefix(slash < 0 ? "" + bits(address) : text.substring(slash + 1))
                .filter(prefix -> prefix <= bits(address))
                .map(prefix -> new AddressRange(address, prefix)));
    }

    private static Optional<Integer> prefix(String text) {
        return PREFIX.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static int bits(byte[] address) {
        return address.length * Byte.SIZE;
    }

    /// The bytes of an address. Names are never looked up, and of the many ways to write an IPv4 address only the usual
    /// one is taken.
    private static Optional<byte[]> read(String text) {
        if (IPV4.matcher(text).matches()) {
            return Optional.of(Inet4Address.ofLiteral(text).getAddress());
        }
        if (!IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // An IPv4 address that is written as an IPv6 one becomes what it is.
            InetAddress address = Inet6Address.ofLiteral(text);
            return Optional.of(address.getAddress());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}

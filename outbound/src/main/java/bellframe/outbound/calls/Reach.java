package bellframe.outbound.calls;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an address leads, by the special-purpose registries of IANA (RFC 6890).
enum Reach {
    /// Some host of the internet.
    PUBLIC,
    /// This machine, or a network that only those in it can reach. Metadata services of clouds are there too.
    PRIVATE,
    /// No single host that could be meant.
    NOWHERE;

    private static final int IPV4_BYTES = 4;
    private static final int MAPPED_PREFIX_BYTES = 12;
    private static final int SIX_TO_FOUR_PREFIX_BYTES = 2;

    /// Addresses that begin alike.
    private record Block(byte[] address, int bits, Reach reach) {

        static Block of(String text, Reach reach) {
            int slash = text.indexOf('/');
            return new Block(InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
                    Integer.parseInt(text.substring(slash + 1)), reach);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            int whole = bits / Byte.SIZE;
            int mask = 0xff00 >> bits % Byte.SIZE;
            return Arrays.equals(address, 0, whole, other, 0, whole)
                    && (bits % Byte.SIZE == 0 || (address[whole] & mask) == (other[whole] & mask));
        }
    }

    /// The first block that holds an address decides. What is in none is public in IPv4, and nowhere in IPv6.
    private static final List<Block> BLOCKS = List.of(
            Block.of("0.0.0.0/8", NOWHERE),
            Block.of("10.0.0.0/8", PRIVATE),
            Block.of("100.64.0.0/10", PRIVATE),
            Block.of("127.0.0.0/8", PRIVATE),
            Block.of("169.254.0.0/16", PRIVATE),
            Block.of("172.16.0.0/12", PRIVATE),
            Block.of("192.0.0.0/24", PRIVATE),
            Block.of("192.0.2.0/24", NOWHERE),
            Block.of("192.88.99.0/24", NOWHERE),
            Block.of("192.168.0.0/16", PRIVATE),
            Block.of("198.18.0.0/15", PRIVATE),
            Block.of("198.51.100.0/24", NOWHERE),
            Block.of("203.0.113.0/24", NOWHERE),
            Block.of("224.0.0.0/3", NOWHERE),
            Block.of("::1/128", PRIVATE),
            Block.of("64:ff9b:1::/48", PRIVATE),
            Block.of("fc00::/7", PRIVATE),
            Block.of("fe80::/9", PRIVATE),
            Block.of("2001::/23", NOWHERE),
            Block.of("2001:db8::/32", NOWHERE),
            Block.of("3fff::/20", NOWHERE),
            Block.of("2000::/3", PUBLIC));

    private static final Block NAT64 = Block.of("64:ff9b::/96", PUBLIC);
    private static final Block SIX_TO_FOUR = Block.of("2002::/16", PUBLIC);

    static Reach of(InetAddress address) {
        return of(address.getAddress());
    }

    /// IPv6 addresses that stand for one of IPv4 lead to where that one leads.
    static Reach of(byte[] address) {
        byte[] inner = embedded(address);
        byte[] meant = inner == null ? address : inner;
        return BLOCKS.stream()
                .filter(block -> block.contains(meant))
                .findFirst()
                .map(Block::reach)
                .orElse(meant.length == IPV4_BYTES ? PUBLIC : NOWHERE);
    }

    private static byte @Nullable [] embedded(byte[] address) {
        if (isMapped(address) || NAT64.contains(address)) {
            return Arrays.copyOfRange(address, MAPPED_PREFIX_BYTES, address.length);
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Arrays.copyOfRange(address, SIX_TO_FOUR_PREFIX_BYTES, SIX_TO_FOUR_PREFIX_BYTES + IPV4_BYTES);
        }
        return null;
    }

    /// The JDK turns a literal of this form into one of IPv4, so that there is no [Block] of it.
    private static boolean isMapped(byte[] address) {
        byte[] prefix = new byte[MAPPED_PREFIX_BYTES];
        prefix[MAPPED_PREFIX_BYTES - 2] = (byte) 0xff;
        prefix[MAPPED_PREFIX_BYTES - 1] = (byte) 0xff;
        return address.length > IPV4_BYTES
                && Arrays.equals(prefix, 0, prefix.length, address, 0, prefix.length);
    }
}

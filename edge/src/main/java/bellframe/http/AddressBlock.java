package bellframe.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// IP addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or a single one.
///
/// @param first the block's first address
/// @param bits how many bits all its addresses have in common
public record AddressBlock(InetAddress first, int bits) {

    private static final Pattern TEXT = Pattern.compile("([^/]+)(?:/([0-9]{1,3}))?");

    /// Empty if the text is neither an address nor an address and a number of bits.
    public static Optional<AddressBlock> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? address(parts.group(1)).flatMap(address -> of(address, parts.group(2)))
                : Optional.empty();
    }

    private static Optional<AddressBlock> of(InetAddress address, String bits) {
        int all = address.getAddress().length * Byte.SIZE;
        int common = bits == null ? all : Integer.parseInt(bits);
        return common > all ? Optional.empty() : Optional.of(around(address, common));
    }

    /// The block of this size that an address lies in; an IPv4 address may be written as an IPv6 one.
    static AddressBlock around(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(bits - i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return new AddressBlock(address(bytes), bits);
    }

    /// An address in its usual notation, and in no other; names are not looked up.
    static Optional<InetAddress> address(String text) {
        return text.startsWith("[") || text.contains("%")
                ? Optional.empty()
                : Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text)).map(AddressBlock::address);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("addresses have 4 or 16 bytes", impossible);
        }
    }

    boolean contains(InetAddress address) {
        return address.getClass() == first.getClass() && around(address, bits).first.equals(first);
    }

    @Override
    public String toString() {
        return NetUtil.toAddressString(first) + "/" + bits;
    }
}

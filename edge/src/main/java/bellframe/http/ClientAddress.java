package bellframe.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// The address of a client.
///
/// @param text as policies and logs have it
/// @param network see [Client#network]
record ClientAddress(InetAddress address, String text, InetAddress network) {

    private static final int NETWORK_BITS_IPV6 = 64;
    private static final int BITS_IPV4 = 32;

    /// Of those that no socket tells, as in tests.
    private static final ClientAddress UNKNOWN = of(InetAddress.ofLiteral("0.0.0.0"));

    static ClientAddress of(SocketAddress address) {
        return address instanceof InetSocketAddress socket && !socket.isUnresolved()
                ? of(socket.getAddress())
                : UNKNOWN;
    }

    static ClientAddress of(InetAddress address) {
        int bits = address.getAddress().length * Byte.SIZE;
        // Without the scope that a link-local address may have.
        InetAddress plain = AddressBlock.around(address, bits).first();
        InetAddress network = bits == BITS_IPV4 ? plain : AddressBlock.around(plain, NETWORK_BITS_IPV6).first();
        return new ClientAddress(plain, plain.getHostAddress(), network);
    }
}

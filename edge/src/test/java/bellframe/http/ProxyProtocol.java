package bellframe.http;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Headers of the PROXY protocol, as its specification has them.
final class ProxyProtocol {

    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final byte[] PORTS = {0x12, 0x34, 0x01, (byte) 0xbb};

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;
    private static final int UNIX_ADDRESSES_BYTES = 216;

    private ProxyProtocol() {
    }

    static byte[] v1(String line) {
        return (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Version 2 with a client's address, and a piece of information that nobody asked for.
    static byte[] v2(String client) {
        byte[] address = InetAddress.ofLiteral(client).getAddress();
        var body = new ByteArrayOutputStream();
        body.writeBytes(address);
        body.writeBytes(address);
        body.writeBytes(PORTS);
        body.writeBytes(new byte[]{0x05, 0, 3, 'a', 'b', 'c'});
        return v2(PROXY, address.length == 4 ? TCP4 : TCP6, body.toByteArray());
    }

    /// Version 2 of a connection that the proxy makes for itself.
    static byte[] local() {
        return v2(LOCAL, 0, new byte[0]);
    }

    /// Version 2 of a client that has no IP address.
    static byte[] unix() {
        return v2(PROXY, UNIX, new byte[UNIX_ADDRESSES_BYTES]);
    }

    private static byte[] v2(int command, int family, byte[] body) {
        var header = new ByteArrayOutputStream();
        header.writeBytes(SIGNATURE);
        header.write(command);
        header.write(family);
        header.write(body.length >> Byte.SIZE);
        header.write(body.length);
        header.writeBytes(body);
        return header.toByteArray();
    }
}

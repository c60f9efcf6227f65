package bellframe.outbound.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

    @ParameterizedTest
    @CsvSource({
            "8.8.8.8, PUBLIC",
            "1.1.1.1, PUBLIC",
            "9.255.255.255, PUBLIC",
            "11.0.0.0, PUBLIC",
            "100.63.255.255, PUBLIC",
            "100.128.0.0, PUBLIC",
            "126.255.255.255, PUBLIC",
            "128.0.0.0, PUBLIC",
            "169.253.255.255, PUBLIC",
            "169.255.0.0, PUBLIC",
            "172.15.255.255, PUBLIC",
            "172.32.0.0, PUBLIC",
            "192.167.255.255, PUBLIC",
            "192.169.0.0, PUBLIC",
            "198.17.255.255, PUBLIC",
            "198.20.0.0, PUBLIC",
            "223.255.255.255, PUBLIC",
            "10.0.0.0, PRIVATE",
            "10.255.255.255, PRIVATE",
            "100.64.0.0, PRIVATE",
            "100.127.255.255, PRIVATE",
            "127.0.0.1, PRIVATE",
            "127.255.255.255, PRIVATE",
            "169.254.0.0, PRIVATE",
            "169.254.169.254, PRIVATE",
            "169.254.170.2, PRIVATE",
            "172.16.0.0, PRIVATE",
            "172.31.255.255, PRIVATE",
            "192.0.0.1, PRIVATE",
            "192.168.0.0, PRIVATE",
            "192.168.255.255, PRIVATE",
            "198.18.0.0, PRIVATE",
            "198.19.255.255, PRIVATE",
            "0.0.0.0, NOWHERE",
            "0.1.2.3, NOWHERE",
            "192.0.2.1, NOWHERE",
            "198.51.100.1, NOWHERE",
            "203.0.113.255, NOWHERE",
            "224.0.0.1, NOWHERE",
            "239.255.255.255, NOWHERE",
            "240.0.0.1, NOWHERE",
            "255.255.255.255, NOWHERE",
            "2606:4700:4700::1111, PUBLIC",
            "2a00:1450:4001::1, PUBLIC",
            "2001:4860:4860::8888, PUBLIC",
            "::1, PRIVATE",
            "fc00::1, PRIVATE",
            "fd00:ec2::254, PRIVATE",
            "fdff::1, PRIVATE",
            "fe80::1, PRIVATE",
            "febf::1, PRIVATE",
            "fec0::1, PRIVATE",
            "64:ff9b:1::1, PRIVATE",
            ":: , NOWHERE",
            "::2, NOWHERE",
            "::127.0.0.1, NOWHERE",
            "::10.0.0.1, NOWHERE",
            "::8.8.8.8, NOWHERE",
            "100::1, NOWHERE",
            "ff02::1, NOWHERE",
            "ff0e::1, NOWHERE",
            "2001::1, NOWHERE",
            "2001:0:7f00:1::1, NOWHERE",
            "2001:1ff::1, NOWHERE",
            "2001:db8::1, NOWHERE",
            "3fff::1, NOWHERE",
            "4000::1, NOWHERE",
            "64:ff9b::8.8.8.8, PUBLIC",
            "64:ff9b::127.0.0.1, PRIVATE",
            "64:ff9b::10.1.2.3, PRIVATE",
            "64:ff9b::169.254.169.254, PRIVATE",
            "64:ff9b::0.0.0.0, NOWHERE",
            "64:ff9b::224.0.0.1, NOWHERE",
            "2002:0808:0808::1, PUBLIC",
            "2002:7f00:0001::1, PRIVATE",
            "2002:a9fe:a9fe::1, PRIVATE",
            "2002:c0a8:0101::1, PRIVATE",
            "2002:6440:0001::1, PRIVATE",
            "2002:e000:0001::1, NOWHERE",
            "::ffff:8.8.8.8, PUBLIC",
            "::ffff:127.0.0.1, PRIVATE",
            "::ffff:169.254.169.254, PRIVATE"})
    void anAddressLeadsToWhereItsBlockIs(String address, Reach reach) {
        assertThat(Reach.of(InetAddress.ofLiteral(address))).isEqualTo(reach);
    }

    /// The JDK does not make such addresses from literals, but a resolver might hand them out.
    @ParameterizedTest
    @CsvSource({
            "00000000000000000000ffff08080808, PUBLIC",
            "00000000000000000000ffff7f000001, PRIVATE",
            "00000000000000000000ffff0a000001, PRIVATE",
            "00000000000000000000ffffe0000001, NOWHERE",
            "00000000000000000000fffe7f000001, NOWHERE"})
    void aMappedAddressLeadsToWhereTheInnerOneDoes(String bytes, Reach reach) {
        assertThat(Reach.of(HexFormat.of().parseHex(bytes))).isEqualTo(reach);
    }
}

package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
            "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
            "192.0.2.128/25, 192.0.2.128, 192.0.2.255, 192.0.2.127, 192.0.3.0",
            "192.0.2.1, 192.0.2.1, 192.0.2.1, 192.0.2.0, 192.0.2.2",
            "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
            "2001:db8::/33, 2001:db8::, 2001:db8:7fff::1, 2001:db7::, 2001:db8:8000::",
            "::1, ::1, ::1, ::, ::2",
            "0.0.0.0/0, 0.0.0.0, 255.255.255.255, ::, ::1"})
    void aBlockHasItsFirstAndLastAddressAndNoneBeyond(String block, String first, String last, String below,
            String above) {
        AddressBlock parsed = AddressBlock.parse(block).orElseThrow();

        assertThat(parsed.contains(InetAddress.ofLiteral(first))).isTrue();
        assertThat(parsed.contains(InetAddress.ofLiteral(last))).isTrue();
        assertThat(parsed.contains(InetAddress.ofLiteral(below))).isFalse();
        assertThat(parsed.contains(InetAddress.ofLiteral(above))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "192.0.2.1/32", "0.0.0.0/0", "2001:db8::/32", "::/0", "::1/128"})
    void whatIsPrintedReadsBackTheSame(String text) {
        assertThat(AddressBlock.parse(text)).hasToString("Optional[" + text + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10/8", "10.1", "1",
            "256.0.0.1",
            "localhost", "[::1]", "fe80::1%eth0", "10.0.0.1:80", " 10.0.0.1", "10.0.0.0/8/8", "10.0.0.0/1000"})
    void nothingElseIsABlock(String text) {
        assertThat(AddressBlock.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "203.0.113.7, 203.0.113.7, 203.0.113.7",
            "::ffff:203.0.113.7, 203.0.113.7, 203.0.113.7",
            "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0",
            "fe80::1, fe80:0:0:0:0:0:0:1, fe80:0:0:0:0:0:0:0"})
    void whatIsLimitedByAddressIsAnAddressOfOldOrANetworkOfNew(String address, String text, String network) {
        ClientAddress client = ClientAddress.of(InetAddress.ofLiteral(address));

        assertThat(client.text()).isEqualTo(text);
        assertThat(client.network().getHostAddress()).isEqualTo(network);
    }
}

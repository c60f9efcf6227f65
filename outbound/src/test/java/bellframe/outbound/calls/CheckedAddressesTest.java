package bellframe.outbound.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedAddressesTest {

    private final Queue<List<String>> answers = new ArrayDeque<>();

    @Test
    void ofSeveralAddressesThoseThatAreAllowedAreLeft() throws UnknownHostException {
        answers.add(List.of("10.0.0.1", "8.8.8.8", "::1"));

        assertThat(publicOnly("example.com").resolve("example.com")).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
    }

    @Test
    void aNameThatLeadsElsewhereTheSecondTimeIsRefusedThen() throws UnknownHostException {
        answers.add(List.of("8.8.8.8"));
        answers.add(List.of("127.0.0.1"));
        CheckedAddresses addresses = publicOnly("example.com");

        assertThat(addresses.resolve("example.com")).hasSize(1);
        assertThatThrownBy(() -> addresses.resolve("example.com")).isInstanceOf(AddressRefused.class);
    }

    @Test
    void aHostThatMayNotBeCalledIsNotLookedUp() {
        assertThatThrownBy(() -> publicOnly("example.com").resolve("example.org")).isInstanceOf(AddressRefused.class)
                .hasMessageContaining("not among the hosts");
    }

    @ParameterizedTest
    @CsvSource({
            "example.com, example.com, true",
            "Example.COM, eXample.com, true",
            "example.com, www.example.com, false",
            "example.com, example.com.evil.org, false",
            "example.com, example.com., false",
            "lambda.*.amazonaws.com, lambda.eu-west-1.amazonaws.com, true",
            "lambda.*.amazonaws.com, lambda.a.b.amazonaws.com, false",
            "lambda.*.amazonaws.com, lambda..amazonaws.com, false",
            "lambda.*.amazonaws.com, lambda.eu-west-1.amazonaws.com.evil.org, false",
            "[::1], ::1, true",
            "::1, [::1], true",
            "127.0.0.1, 127.0.0.1, true",
            "127.0.0.1, 127.1, false"})
    void aHostIsComparedAsAWhole(String allowed, String host, boolean may) {
        assertThat(new CallRules(Set.of(allowed), false, null, CallLimits.STANDARD).allowsHost(host)).isEqualTo(may);
    }

    private CheckedAddresses publicOnly(String host) {
        return new CheckedAddresses(host::equals, EnumSet.of(Reach.PUBLIC), _ -> next());
    }

    private InetAddress[] next() {
        return Stream.of(answers.remove())
                .flatMap(List::stream)
                .map(InetAddress::ofLiteral)
                .toArray(InetAddress[]::new);
    }
}

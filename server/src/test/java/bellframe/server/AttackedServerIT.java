package bellframe.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The check that the attack suites end with, on a server that is not well.
@Timeout(120)
class AttackedServerIT {

    @Test
    void aLostBufferIsFound() {
        try (var server = new AttackedServer()) {
            server.start();
            server.lose("a buffer that nobody releases");

            assertThatThrownBy(server::requireUnharmed).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a buffer that nobody releases");
        }
    }

    @Test
    void aConnectionThatStaysOpenIsFound() {
        try (var server = new AttackedServer().withLimitSeconds(4)) {
            server.start();
            try (var _ = server.connect(Scheme.PLAIN)) {
                assertThatThrownBy(server::requireUnharmed).isInstanceOf(AssertionError.class)
                        .hasMessageContaining("no connection left");
            }
        }
    }

    @Test
    void anErrorOfTheServerIsFound() {
        try (var server = new AttackedServer()) {
            server.start();
            server.restartWithFullDisk();
            var message = server.sendMessage("""
                    {"Content":"x","Type":"STANDARD","Persistence":"PERSISTENT","ClientRequestToken":"token"}""");
            try (var client = server.connect(Scheme.PLAIN)) {
                client.send(server.signer().sign(message));
                assertThatThrownBy(client::read).isInstanceOf(AssertionError.class).hasMessageContaining("503");
            }
            assertThatThrownBy(server::requireUnharmed).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("ServiceUnavailableException");
        }
    }
}

package bellframe.outbound.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustAnchorsTest {

    @TempDir
    private Path folder;

    @Test
    void allCertificatesOfABundleAreRead() throws IOException {
        String one = Files.readString(new TestCertificates().writeAuthority(folder.resolve("one.pem")));
        String other = Files.readString(new TestCertificates().writeAuthority(folder.resolve("other.pem")));
        Path both = Files.writeString(folder.resolve("both.pem"), one + "\n" + other);

        assertThat(TrustAnchors.read(both).added()).hasSize(2);
        assertThat(TrustAnchors.read(null).added()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
    void aFileWithoutCertificatesIsRefusedByName(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("bundle.pem"), text);
        assertThatThrownBy(() -> TrustAnchors.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aMissingFileIsRefused() {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> TrustAnchors.read(missing)).isInstanceOf(IOException.class)
                .hasMessageContaining(missing.toString());
    }
}

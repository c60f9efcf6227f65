package bellframe.outbound.apns;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An app on Apple's devices, and who sends to it.
///
/// @param topic the app's bundle id
/// @param server where notifications go instead of Apple's two environments; null for those
/// @param authorities certificates in PEM, of authorities that are trusted in the place of those of the JDK; null for those
public record ApnsApp(Credentials credentials, String topic, @Nullable Server server, @Nullable Path authorities) {

    /// How APNs knows who sends.
    public sealed interface Credentials {
    }

    /// A key that signs tokens, which APNs knows by its id.
    ///
    /// @param key the file that Apple gives out, `.p8`: the private key as PKCS #8 in PEM
    public record SigningKey(Path key, String keyId, String teamId) implements Credentials {
    }

    /// A certificate for one app, with its private key.
    ///
    /// @param store the file in PKCS #12, `.p12`
    public record Certificate(Path store, String password) implements Credentials {

        @Override
        public String toString() {
            return "Certificate[" + store + "]";
        }
    }

    /// A host and port that answers as APNs does.
    public record Server(String host, int port) {
    }
}

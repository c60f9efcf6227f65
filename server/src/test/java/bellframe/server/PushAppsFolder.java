package bellframe.server;

import bellframe.outbound.apns.ApnsServer;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.fcm.FcmServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A folder with a `pushAppsFile`, and what it names.
final class PushAppsFolder implements AutoCloseable {

    /// Those of the application server in RFC 8291, section 5.
    private static final String PUBLIC_KEY = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String PRIVATE_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

    private final ObjectNode apps = new ObjectMapper().createObjectNode();
    private final Path folder;
    private int files;

    PushAppsFolder() {
        try {
            folder = Files.createTempDirectory("bellframe-push");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// The ARN of an app.
    static String app(String name) {
        return "arn:aws:mobiletargeting:us-east-1:123456789012:apps/" + name;
    }

    /// An app on Apple's devices, beside what it is already on.
    PushAppsFolder apns(String name, ApnsServer server, TestCertificates certificates) {
        String key = server.writeKey(file("p8")).getFileName().toString();
        String authority = certificates.writeAuthority(file("pem")).getFileName().toString();
        apps.withObjectProperty(app(name))
                .putObject("apns")
                .put("topic", ApnsServer.TOPIC)
                .put("keyFile", key)
                .put("keyId", ApnsServer.KEY_ID)
                .put("teamId", ApnsServer.TEAM_ID)
                .put("server", "localhost:" + server.port())
                .put("caFile", authority);
        return this;
    }

    /// An app on Android's devices, beside what it is already on.
    PushAppsFolder fcm(String name, FcmServer server) {
        String account = server.writeAccount(file("json")).getFileName().toString();
        apps.withObjectProperty(app(name))
                .putObject("fcm")
                .put("serviceAccountFile", account)
                .put("url", server.url().toString());
        return this;
    }

    /// An app in browsers whose push service is on this machine.
    PushAppsFolder webPush(String name) {
        apps.withObjectProperty(app(name))
                .putObject("webPush")
                .put("publicKey", PUBLIC_KEY)
                .put("privateKey", PRIVATE_KEY)
                .put("subject", "mailto:operator@example.com")
                .putArray("hosts")
                .add("localhost");
        return this;
    }

    private Path file(String ending) {
        return folder.resolve("file-" + files++ + '.' + ending);
    }

    /// Writes the apps that there are by now.
    String write() {
        try {
            return Files.writeString(folder.resolve("push-apps.json"), apps.toString()).toString();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

package bellframe.outbound;

import bellframe.outbound.apns.ApnsApp;
import bellframe.outbound.calls.HostPatterns;
import bellframe.outbound.fcm.FcmApp;
import bellframe.outbound.json.JsonValue;
import bellframe.outbound.webpush.VapidKeys;
import bellframe.outbound.webpush.WebPushApp;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The file that says how the devices of each app are reached: a JSON object with a member for each app, named by the ARN of the
/// Pinpoint application that endpoints are registered with.
///
/// An app has `apns`, and `fcm` or `webPush`. A relative path in the file begins at the file's folder. What the file does not
/// know is refused, as a misspelt name would be something missing.
public final class PushAppsFile {

    private static final Pattern PINPOINT_APP = Pattern.compile("arn:[^:]+:mobiletargeting:[^:]*:[^:]*:apps/.+");
    private static final Pattern SERVER = Pattern.compile("(?<host>[A-Za-z0-9.-]{1,253}):(?<port>[0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    private final Path file;

    private PushAppsFile(Path file) {
        this.file = file;
    }

    /// The apps, by the ARN of their Pinpoint application.
    ///
    /// @throws IOException if the file, or that of a service account it names, cannot be read or is not as it should be; the
    ///         message says what is wrong, and nothing that is secret
    public static Map<String, PushAppConfig> read(Path file) throws IOException {
        JsonValue apps = JsonValue.parse(Files.readAllBytes(file)).orElse(JsonValue.Bare.NULL);
        if (!(apps instanceof JsonValue.Members(Map<String, JsonValue> members))) {
            throw new IOException("it is not a JSON object");
        }
        var reader = new PushAppsFile(file);
        var read = new LinkedHashMap<String, PushAppConfig>();
        for (Map.Entry<String, JsonValue> app : members.entrySet()) {
            if (!PINPOINT_APP.matcher(app.getKey()).matches()) {
                throw new IOException(app.getKey() + " is not the ARN of a Pinpoint application");
            }
            read.put(app.getKey(), reader.app(new Section(app.getKey(), app.getValue())));
        }
        return read;
    }

    private PushAppConfig app(Section app) throws IOException {
        app.requireOnly(Set.of("apns", "fcm", "webPush"));
        Section apns = app.section("apns");
        Section fcm = app.section("fcm");
        Section webPush = app.section("webPush");
        if (fcm != null && webPush != null) {
            throw app.problem("fcm and webPush are both there, and endpoints of both are of type GCM");
        }
        return new PushAppConfig(apns == null ? null : apns(apns), others(fcm, webPush));
    }

    private PushAppConfig.@Nullable Others others(@Nullable Section fcm, @Nullable Section webPush)
            throws IOException {
        if (fcm != null) {
            return new PushAppConfig.Android(fcm(fcm));
        }
        return webPush == null ? null : new PushAppConfig.Browsers(webPush(webPush));
    }

    private ApnsApp apns(Section apns) throws IOException {
        apns.requireOnly(
                Set.of("topic", "keyFile", "keyId", "teamId", "certificateFile", "password", "server", "caFile"));
        String authorities = apns.optional("caFile");
        return new ApnsApp(credentials(apns), apns.text("topic"), server(apns),
                authorities == null ? null : path(apns, authorities));
    }

    private ApnsApp.Credentials credentials(Section apns) throws IOException {
        String certificate = apns.optional("certificateFile");
        if (certificate == null) {
            return new ApnsApp.SigningKey(path(apns, apns.text("keyFile")), apns.text("keyId"), apns.text("teamId"));
        }
        if (apns.optional("keyFile") != null) {
            throw apns.problem("keyFile and certificateFile are both there");
        }
        return new ApnsApp.Certificate(path(apns, certificate), apns.text("password"));
    }

    private static ApnsApp.@Nullable Server server(Section apns) throws IOException {
        String text = apns.optional("server");
        if (text == null) {
            return null;
        }
        var parts = SERVER.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group("port")) > PORT_MAX) {
            throw apns.problem("server is not a host, a colon and a port");
        }
        return new ApnsApp.Server(parts.group("host"), Integer.parseInt(parts.group("port")));
    }

    private FcmApp fcm(Section fcm) throws IOException {
        fcm.requireOnly(Set.of("serviceAccountFile", "url"));
        String url = fcm.optional("url");
        return FcmApp.read(path(fcm, fcm.text("serviceAccountFile")), url == null ? FcmApp.GOOGLE : uri(fcm, url));
    }

    private static WebPushApp webPush(Section webPush) throws IOException {
        webPush.requireOnly(Set.of("publicKey", "privateKey", "subject", "hosts"));
        VapidKeys keys = VapidKeys.parse(webPush.text("publicKey"), webPush.text("privateKey"))
                .orElseThrow(() -> webPush.problem("publicKey and privateKey are not a pair of VAPID keys"));
        List<String> hosts = webPush.texts("hosts");
        return new WebPushApp(keys, webPush.text("subject"),
                new HostPatterns(hosts.isEmpty() ? WebPushApp.BROWSER_HOSTS : Set.copyOf(hosts)));
    }

    private static URI uri(Section section, String text) throws IOException {
        try {
            var uri = new URI(text);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Refused below, like what has no host.
        }
        throw section.problem("url is not a URL");
    }

    private Path path(Section section, String text) throws IOException {
        try {
            return file.toAbsolutePath().resolveSibling(text);
        } catch (InvalidPathException _) {
            throw section.problem(text + " is not a path");
        }
    }

    /// A part of the file.
    ///
    /// @param name where it is, for messages
    private record Section(String name, JsonValue json) {

        void requireOnly(Set<String> known) throws IOException {
            if (!(json instanceof JsonValue.Members(Map<String, JsonValue> members))) {
                throw new IOException(name + " is not an object");
            }
            for (String member : members.keySet()) {
                if (!known.contains(member)) {
                    throw problem("unknown: " + member + "; known are "
                            + known.stream().sorted().collect(Collectors.joining(", ")));
                }
            }
        }

        @Nullable
        Section section(String member) {
            JsonValue value = json.get(member);
            return value == JsonValue.Bare.NULL ? null : new Section(name + ", " + member, value);
        }

        @Nullable
        String optional(String member) throws IOException {
            String text = json.get(member).text();
            if (text == null && json.get(member) != JsonValue.Bare.NULL) {
                throw problem(member + " is not a string");
            }
            return text;
        }

        String text(String member) throws IOException {
            String text = optional(member);
            if (text == null) {
                throw problem(member + " is missing");
            }
            return text;
        }

        /// None if there is no such member.
        List<String> texts(String member) throws IOException {
            List<String> texts = json.get(member)
                    .items()
                    .stream()
                    .map(JsonValue::text)
                    .map(String::valueOf)
                    .toList();
            if (texts.isEmpty() && json.get(member) != JsonValue.Bare.NULL) {
                throw problem(member + " is not an array of strings");
            }
            return texts;
        }

        IOException problem(String what) {
            return new IOException(name + ": " + what);
        }
    }
}

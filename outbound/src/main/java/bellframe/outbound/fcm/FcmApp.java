package bellframe.outbound.fcm;

import bellframe.outbound.calls.CallRules;
import bellframe.outbound.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/// An app on devices with Android, and who sends to it.
///
/// @param serviceAccount the file that Google gives out, in JSON
/// @param project the Firebase project, from that file
/// @param tokens where access tokens are got, from that file
/// @param base before the path of FCM's API
public record FcmApp(Path serviceAccount, String project, URI tokens, URI base) {

    /// FCM itself.
    public static final URI GOOGLE = URI.create("https://fcm.googleapis.com");

    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9:._-]{1,100}");

    /// Reads what must be known beforehand; the key is read with the first notification.
    ///
    /// @throws IOException if the file cannot be read, or is no service account
    public static FcmApp read(Path serviceAccount, URI base) throws IOException {
        JsonValue account = JsonValue.parse(Files.readAllBytes(serviceAccount))
                .orElseThrow(() -> new IOException(serviceAccount + " is not JSON"));
        String project = account.get("project_id").text();
        String tokens = account.get("token_uri").text();
        if (!"service_account".equals(account.get("type").text()) || project == null || tokens == null
                || !PROJECT.matcher(project).matches()) {
            throw new IOException(serviceAccount + " is not a service account of Google");
        }
        try {
            return new FcmApp(serviceAccount, project, URI.create(tokens), base);
        } catch (IllegalArgumentException _) {
            throw new IOException("the token_uri in " + serviceAccount + " is not a URI");
        }
    }

    /// Which hosts must be allowed to be called.
    public Set<String> hosts() {
        String fcm = CallRules.hostOf(base);
        String google = CallRules.hostOf(tokens);
        return fcm.equals(google) ? Set.of(fcm) : Set.of(fcm, google);
    }

    URI messages() {
        String before = base.toString();
        return URI.create((before.endsWith("/") ? before : before + "/") + "v1/projects/" + project + "/messages:send");
    }
}
